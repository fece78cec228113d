/// Whether an argument announces `name:password` as the next one, as curl's does.
func takesAccount(_ argument: String, following before: ArraySlice<String>) -> Bool {
  guard ["-u", "--user", "-U", "--proxy-user"].contains(argument) else { return false }
  // Theirs is the user and the group that a program runs as.
  let others = ["docker", "podman", "nerdctl", "chroot", "setpriv"]
  return !before.prefix(16).contains { others.contains(programName($0)) }
}

/// Whether an argument is `-uname:password`, or `--user=name:password`.
///
/// * `isJoined`: Whether the name may follow the option's letter; `-update:all` is an option elsewhere.
func holdsAccount(_ argument: String, isJoined: Bool) -> Bool {
  for option in ["--user=", "--proxy-user=", "-u="] where argument.hasPrefix(option) {
    return isAccount(argument.dropFirst(option.count))
  }
  return isJoined && argument.hasPrefix("-u") && isAccount(argument.dropFirst(2))
}

/// Whether the text is `name:password` with a password that is written out.
///
/// An address, a path of Windows, numbers of a user and a group, and a name with itself are none.
func isAccount(_ text: Substring) -> Bool {
  guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return false }
  let name = text[..<colon]
  let password = text[text.index(after: colon)...]
  let isPath =
    password.hasPrefix("//")
    || name.count == 1 && (password.hasPrefix("\\") || password.hasPrefix("/"))
  return !isPath && name != password && !isReference(password) && !isNumber(password)
}

/// Whether an argument is `/p:password`, which is a property to the programs that build software.
func isPasswordOption(_ argument: String, of program: String) -> Bool {
  guard argument.hasPrefix("/p:") || argument.hasPrefix("/P:") else { return false }
  let value = argument.dropFirst(3)
  return !["msbuild", "dotnet"].contains(program) && !isReference(value) && !isNumber(value)
}

/// Whether an argument of a program that is asked for a password is `-p=password` or `-p:password`.
func holdsPassword(_ argument: String) -> Bool {
  guard argument.hasPrefix("-p=") || argument.hasPrefix("-p:") else { return false }
  return !isReference(argument.dropFirst(3)) && !isNumber(argument.dropFirst(3))
}

/// Whether an argument is the program of PowerShell that takes a secret's text.
func isSecureString(_ argument: String) -> Bool {
  argument.utf8.count == 22 && argument.lowercased() == "convertto-securestring"
}

/// Whether the text is a number, such as a port's: no secret.
func isNumber(_ text: some StringProtocol) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
}
