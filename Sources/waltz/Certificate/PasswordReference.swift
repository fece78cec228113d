import CertificateSources

/// Where a password is to be had, as `--password` takes it.
///
/// The text that was typed appears in no message: it might be the password.
enum PasswordReference {
  case environment(String)
  case file(String)

  init(_ text: String) throws {
    if text.hasPrefix("env:"), text.utf8.count > 4 {
      self = .environment(String(text.dropFirst(4)))
    } else if text.hasPrefix("file:"), text.utf8.count > 5 {
      self = .file(String(text.dropFirst(5)))
    } else {
      throw CommandError(
        .usage,
        "--password takes `env:NAME` or `file:PATH`. The password itself has no place on a command line, "
          + "where every user of the machine can read it.")
    }
  }

  /// The password: a variable's value, or a file's content without one line end.
  func resolve() throws -> Password {
    switch self {
    case .environment(let name):
      guard let value = Environment.variable(name) else {
        throw CommandError(.environment, "The variable that --password names is not set.")
      }
      return Password(Array(value.utf8))
    case .file(let path):
      let limit = 4_096
      guard var bytes = try? Files.read(path, limit: limit) else {
        throw CommandError(.environment, "The file that --password names can not be read.")
      }
      guard bytes.count <= limit else {
        throw CommandError(
          .environment, "The file that --password names is larger than any password.")
      }
      if bytes.last == 0x0A { bytes.removeLast() }
      if bytes.last == 0x0D { bytes.removeLast() }
      return Password(bytes)
    }
  }
}
