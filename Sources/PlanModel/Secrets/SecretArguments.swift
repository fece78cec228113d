import PlanText

/// The positions of arguments that look like secrets written out.
///
/// What is only a reference is none: a placeholder, a variable of a shell, `env:NAME`, `file:PATH`.
///
/// * `arguments`: The program and its arguments.
/// * `isForPassword`: Whether the program is asked for a password. What follows its `-p` is one then; `-p` of
///   others is a port, a project or a path too.
package func secretPositions(in arguments: [String], isForPassword: Bool = false) -> [Int] {
  let program = arguments.first.map(programName) ?? ""
  // Of this program `-p` is a password. Asked once: a list may have any number of those.
  let drop =
    arguments.contains("-p") ? arguments.firstIndex { programName($0) == "sylinkdrop" } : nil
  return arguments.indices.filter { position in
    let argument = arguments[position]
    if position > 0 || argument.contains("="),
      holdsSecret(argument, of: program, isForPassword: isForPassword)
    {
      return true
    }
    guard position > 1, !argument.hasPrefix("-"), !isReference(argument[...]) else { return false }
    let before = arguments[..<(position - 1)]
    switch arguments[position - 1] {
    case "-p":
      return program == "sshpass" || drop.map { $0 < before.endIndex } == true
        || isForPassword && !isNumber(argument)
    case "-u", "--user", "-U", "--proxy-user":
      // Theirs is the user and the group that a program runs as.
      let others = ["docker", "podman", "nerdctl", "chroot", "setpriv"]
      return isAccount(argument[...])
        && !before.prefix(16).contains { others.contains(programName($0)) }
    case "-String" where before.last.map(isSecureString) == true: return true
    case let option: return option == "-pw" || isSecureString(option) || isSecretOption(option)
    }
  }
}

/// The arguments with three asterisks for those that look like secrets written out.
package func maskingSecrets(in arguments: [String], isForPassword: Bool = false) -> [String] {
  var masked = arguments
  for position in secretPositions(in: arguments, isForPassword: isForPassword) {
    masked[position] = "***"
  }
  return masked
}

/// The name of a program without its folder and ending, in lower case.
package func programName(_ path: String) -> String {
  let name = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
  let lower = name.lowercased()
  return lower.hasSuffix(".exe") ? String(lower.dropLast(4)) : lower
}

/// Whether the text stands for a secret that is elsewhere.
package func isReference(_ text: Substring) -> Bool {
  // Asked of each word of a document, most of which the first byte decides.
  switch text.utf8.first {
  case nil, UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "{"), UInt8(ascii: "@"),
    UInt8(ascii: "-"), UInt8(ascii: "<"):
    return true
  case UInt8(ascii: "e"): return text.hasPrefix("env:")
  case UInt8(ascii: "f"): return text.hasPrefix("file:") || text.hasPrefix("fd:")
  case UInt8(ascii: "s"): return text.hasPrefix("stdin")
  default: return false
  }
}

/// Whether a text is a line of PowerShell that makes a secret of a text that is written out in it.
package func holdsPlainText(_ text: String) -> Bool {
  let lower = text.lowercased()
  guard let cmdlet = lower.place(of: secureString) else {
    return lower.place(of: "-asplaintext") != nil && !lower.utf8.contains("$")
  }
  guard lower.place(of: "-asplain") != nil else { return false }
  let text = lower[cmdlet.upperBound...].split(separator: " ").first { !$0.hasPrefix("-") }
  // Without a text behind it the text came through a pipe.
  guard let text, !text.hasPrefix("|"), !text.hasPrefix(")") else {
    return !lower.utf8.contains("$")
  }
  return !isReference(text.drop { $0 == "'" || $0 == "\"" || $0 == "(" })
}

/// Whether the argument itself holds a secret.
private func holdsSecret(_ argument: String, of program: String, isForPassword: Bool) -> Bool {
  if holdsPlainText(argument) { return true }
  if let start = credential(in: Array(argument.utf8)[...]), start < argument.utf8.count {
    return true
  }
  for option in ["--user=", "--proxy-user=", "-u="] where argument.hasPrefix(option) {
    if isAccount(argument.dropFirst(option.count)) { return true }
  }
  // The name may follow the option's letter; `-update:all` is an option of others.
  if argument.hasPrefix("-u"), isForPassword || program == "curl",
    isAccount(argument.dropFirst(2))
  {
    return true
  }
  // A property to the programs that build software.
  let isProperty = ["msbuild", "dotnet"].contains(program)
  let options = (isProperty ? [] : ["/p:", "/P:"]) + (isForPassword ? ["-p=", "-p:"] : [])
  let value = argument.dropFirst(3)
  if options.contains(where: argument.hasPrefix), !isReference(value), !isNumber(value) {
    return true
  }
  let lower = argument.lowercased()
  if lower.place(of: "bearer ") != nil { return false }
  if lower.hasPrefix("pass:"), argument.count > 5 { return !isReference(argument.dropFirst(5)) }
  if let scheme = argument.place(of: "://") {
    let authority = argument[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
    guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":")
    else { return false }
    return !isReference(authority[authority.index(after: colon)..<at])
  }
  guard let separator = argument.firstIndex(where: { $0 == "=" || $0 == ":" }),
    argument[separator] == "=" || argument.hasPrefix("-") || argument.hasPrefix("/")
  else { return false }
  return isSecretName(argument[..<separator])
    && !isReference(argument[argument.index(after: separator)...])
}

/// Whether the text is `name:password` with a password that is written out.
///
/// An address, a path of Windows, numbers of a user and a group, and a name with itself are none.
private func isAccount(_ text: Substring) -> Bool {
  guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return false }
  let name = text[..<colon]
  let password = text[text.index(after: colon)...]
  let isPath =
    password.hasPrefix("//")
    || name.count == 1 && (password.hasPrefix("\\") || password.hasPrefix("/"))
  return !isPath && name != password && !isReference(password) && !isNumber(password)
}

private let secureString = "convertto-securestring"

/// Whether an argument is the program of PowerShell that takes a secret's text.
private func isSecureString(_ argument: String) -> Bool {
  argument.utf8.count == secureString.utf8.count
    && argument.lowercased() == secureString
}

/// Whether the text is a number, such as a port's: no secret.
private func isNumber(_ text: some StringProtocol) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { $0.isDigit }
}

/// Whether an argument announces a secret as the next one by its name.
private func isSecretOption(_ argument: String) -> Bool {
  (argument.hasPrefix("-") || argument.hasPrefix("/")) && !argument.contains("=")
    && isSecretName(argument[...])
}

/// Whether an option or variable of this name holds a secret, and not where one is to be found.
private func isSecretName(_ text: Substring) -> Bool {
  let name = text.drop { $0 == "-" || $0 == "/" }.lowercased()
  guard name.utf8.allSatisfy(\.isWord) else { return false }
  guard secretEnds.contains(where: name.hasSuffix) || name == "pass" else { return false }
  return !placeEnds.contains(where: name.hasSuffix)
}

private let secretEnds = [
  "password", "passwd", "passphrase", "secret", "token", "apikey", "api-key", "pwd",
  "oauth2-bearer", "-pass",
]

private let placeEnds = [
  "file", "path", "env", "stdin", "name", "id", "prompt", "command", "policy", "type",
]
