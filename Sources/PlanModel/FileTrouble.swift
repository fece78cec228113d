/// Why a file that a plan names was not read.
public enum FileTrouble: Error, Sendable, Equatable {
  /// Nothing is there; `part` is the first part of the path that is missing, as the path writes it.
  case missing(part: String)

  /// The path, or a symbolic link on its way, leads out of the folders that a plan may read from.
  case outside(link: String?)

  /// The path, or a symbolic link on its way, leads into the folder that git keeps for itself, where the
  /// token of a checkout may be.
  case ofGit

  /// More symbolic links than anybody means, mostly a circle.
  case tooManyLinks

  /// What is at the path is no ordinary file.
  case notAFile(Kind)

  /// The file is larger than a certificate or a secret can be; `limit` in bytes.
  case tooLarge(limit: Int)

  /// The files that were read before it make up all that may be read; `limit` in bytes.
  case tooMuch(limit: Int)

  /// The system refuses; its own words.
  case refused(String)

  /// What can stand where a file is expected.
  public enum Kind: String, Sendable {
    case folder = "a folder"
    case pipe = "a pipe"
    case socket = "a socket"
    case device = "a device"
    case other = "not an ordinary file"
  }
}
