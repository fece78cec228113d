import PlanText

/// The positions of arguments that look like secrets written out.
///
/// What is only a reference is none: a placeholder, a variable of a shell, `env:NAME`, `file:PATH`.
///
/// * `arguments`: The program and its arguments.
/// * `isForPassword`: Whether the program is asked for a password. What follows its `-p` is one then; `-p` of
///   others is a port, a project or a path too.
public func secretPositions(in arguments: [String], isForPassword: Bool = false) -> [Int] {
  let program = arguments.first.map(programName) ?? ""
  // Of this program `-p` is a password. Asked once: a list may have any number of those.
  let drop =
    arguments.contains("-p") ? arguments.firstIndex { programName($0) == "sylinkdrop" } : nil
  var found: [Int] = []
  for (position, argument) in arguments.enumerated() where position > 0 || argument.contains("=") {
    let isSecret =
      holdsSecret(argument) || isForPassword && holdsPassword(argument)
      || holdsAccount(argument, isJoined: isForPassword || program == "curl")
      || isPasswordOption(argument, of: program)
    if isSecret {
      found.append(position)
      continue
    }
    guard position + 1 < arguments.count else { continue }
    let next = arguments[position + 1]
    let before = arguments[..<position]
    let isNamed =
      takesSecret(argument, of: program, following: before, drop)
      || isForPassword && argument == "-p" && !isNumber(next)
      || takesAccount(argument, following: before) && isAccount(next[...])
    if isNamed, !next.isEmpty, !next.hasPrefix("-"), !isReference(next[...]) {
      found.append(position + 1)
    }
  }
  return found
}

/// The arguments with three asterisks for those that look like secrets written out.
public func maskingSecrets(in arguments: [String], isForPassword: Bool = false) -> [String] {
  var masked = arguments
  for position in secretPositions(in: arguments, isForPassword: isForPassword) {
    masked[position] = "***"
  }
  return masked
}

/// The name of a program without its folder and ending, in lower case.
public func programName(_ path: String) -> String {
  let name = path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
  let lower = name.lowercased()
  return lower.hasSuffix(".exe") ? String(lower.dropLast(4)) : lower
}

/// Whether the text stands for a secret that is elsewhere.
public func isReference(_ text: Substring) -> Bool {
  let marks = ["$", "%", "{", "@", "env:", "file:", "fd:", "stdin", "-", "<"]
  return text.isEmpty || marks.contains { text.hasPrefix($0) }
}

/// Whether the argument itself holds a secret.
private func holdsSecret(_ argument: String) -> Bool {
  let lower = argument.lowercased()
  if holdsPlainText(lower) { return true }
  let bytes = Array(argument.utf8)
  if AuthorizationHeader.credential(in: bytes, bytes.indices) != nil { return true }
  if lower.contains("bearer ") { return false }
  if lower.hasPrefix("pass:"), argument.count > 5 { return !isReference(argument.dropFirst(5)) }
  if let scheme = argument.firstRange(of: "://") {
    let authority = argument[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
    if let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") {
      return !isReference(authority[authority.index(after: colon)..<at])
    }
    return false
  }
  guard let separator = argument.firstIndex(where: { $0 == "=" || $0 == ":" }) else { return false }
  let isOption = argument.hasPrefix("-") || argument.hasPrefix("/")
  guard argument[separator] == "=" || isOption else { return false }
  let value = argument[argument.index(after: separator)...]
  return isSecretName(argument[..<separator]) && !isReference(value)
}

/// Whether the argument is a line of PowerShell that makes a secret of a text that is written out in it.
private func holdsPlainText(_ lower: String) -> Bool {
  guard let cmdlet = lower.firstRange(of: "convertto-securestring") else {
    return lower.contains("-asplaintext") && !lower.contains("$")
  }
  guard lower.contains("-asplain") else { return false }
  let text = lower[cmdlet.upperBound...].split(separator: " ").first { !$0.hasPrefix("-") }
  // Without a text behind it the text came through a pipe.
  guard let text, !text.hasPrefix("|"), !text.hasPrefix(")") else { return !lower.contains("$") }
  return !isReference(text.drop { $0 == "'" || $0 == "\"" || $0 == "(" })
}

/// Whether the argument announces a secret as the next one.
private func takesSecret(
  _ argument: String, of program: String, following before: ArraySlice<String>, _ drop: Int?
) -> Bool {
  if argument == "-pw" || before.last.map(isSecureString) == true && argument == "-String" {
    return true
  }
  if isSecureString(argument) { return true }
  if argument == "-p" {
    return program == "sshpass" || drop.map { $0 < before.endIndex } == true
  }
  let isOption = argument.hasPrefix("-") || argument.hasPrefix("/")
  return isOption && !argument.contains("=") && isSecretName(argument[...])
}

/// Whether an option or variable of this name holds a secret, and not where one is to be found.
private func isSecretName(_ text: Substring) -> Bool {
  let name = text.drop { $0 == "-" || $0 == "/" }.lowercased()
  guard name.utf8.allSatisfy({ $0.isNameByte }) else { return false }
  let places = [
    "file", "path", "env", "stdin", "name", "id", "prompt", "command", "policy", "type",
  ]
  if places.contains(where: { name.hasSuffix($0) }) { return false }
  let words = [
    "password", "passwd", "passphrase", "secret", "token", "apikey", "api-key", "pwd",
    "oauth2-bearer",
  ]
  return words.contains { name.hasSuffix($0) } || name == "pass" || name.hasSuffix("-pass")
}

extension UInt8 {
  fileprivate var isNameByte: Bool {
    (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) || self == 0x2D || self == 0x5F
  }
}
