/// Why a reference to a secret gave none. Nothing in here holds any of the secret, nor what a program
/// wrote while it was asked for one.
public enum SecretTrouble: Error, Sendable, Equatable {
  /// The environment has no such variable.
  case notSet

  /// The file could not be read.
  case file(FileTrouble)

  /// There is nothing in the variable, in the file or in what the program printed.
  case empty

  /// The program is not there.
  case noProgram

  /// The program could not be started; the system's own words.
  case notStarted(String)

  /// The program ended with this status, which is not 0.
  case failed(status: Int)

  /// A signal ended the program.
  case killed(signal: Int)

  /// The program did not end in time.
  case tookTooLong(Duration)

  /// The program printed more than a secret can be; `limit` in bytes.
  case tooLong(limit: Int)
}
