/// The positions of arguments that look like secrets written out.
///
/// What is only a reference is none: a placeholder, a variable of a shell, `env:NAME`, `file:PATH`.
public func secretPositions(in arguments: [String]) -> [Int] {
  let program = arguments.first.map(programName) ?? ""
  var found: [Int] = []
  for (position, argument) in arguments.enumerated() where position > 0 || argument.contains("=") {
    if holdsSecret(argument) {
      found.append(position)
      continue
    }
    guard position + 1 < arguments.count else { continue }
    let next = arguments[position + 1]
    let isNamed = takesSecret(argument, of: program, following: arguments[..<position])
    if isNamed, !next.isEmpty, !next.hasPrefix("-"), !isReference(next[...]) {
      found.append(position + 1)
    }
  }
  return found
}

/// The arguments with three asterisks for those that look like secrets written out.
public func maskingSecrets(in arguments: [String]) -> [String] {
  var masked = arguments
  for position in secretPositions(in: arguments) { masked[position] = "***" }
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
  if lower.contains("-asplaintext") && !lower.contains("$") { return true }
  if let bearer = lower.firstRange(of: "bearer ") {
    return !isReference(lower[bearer.upperBound...].drop { $0 == " " })
  }
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

/// Whether the argument announces a secret as the next one.
private func takesSecret(
  _ argument: String, of program: String, following before: ArraySlice<String>
) -> Bool {
  if argument == "-pw" { return true }
  if argument == "-p" {
    return program == "sshpass" || before.contains { programName($0) == "sylinkdrop" }
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
  let words = ["password", "passwd", "passphrase", "secret", "token", "apikey", "api-key", "pwd"]
  return words.contains { name.hasSuffix($0) } || name == "pass" || name.hasSuffix("-pass")
}

extension UInt8 {
  fileprivate var isNameByte: Bool {
    (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) || self == 0x2D || self == 0x5F
  }
}
