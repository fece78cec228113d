/// In what a step of one graph differs from the same step of another.
public struct StepAspects: OptionSet, Sendable, Hashable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// How it is carried out.
  public static let channel = StepAspects(rawValue: 1)

  /// The program that carries it out.
  public static let command = StepAspects(rawValue: 1 << 1)

  /// What takes it back, or whether anything does.
  public static let reversal = StepAspects(rawValue: 1 << 2)

  /// The certificate that is checked, installed or looked for.
  public static let certificate = StepAspects(rawValue: 1 << 3)

  /// When the wait passes.
  public static let wait = StepAspects(rawValue: 1 << 4)

  /// The version that the server has or gets.
  public static let version = StepAspects(rawValue: 1 << 5)

  /// Where the server is reached.
  public static let address = StepAspects(rawValue: 1 << 6)

  /// How replication is broken, or whose data wins.
  public static let replication = StepAspects(rawValue: 1 << 7)

  /// How the site's API is reached.
  public static let api = StepAspects(rawValue: 1 << 8)

  /// What it waits for.
  public static let dependencies = StepAspects(rawValue: 1 << 9)

  /// Every aspect with its name, in the order in which they are told.
  public static let names: [(aspect: StepAspects, name: String)] = [
    (.channel, "channel"), (.command, "command"), (.reversal, "reversal"),
    (.certificate, "certificate"), (.wait, "wait"), (.version, "version"), (.address, "address"),
    (.replication, "replication"), (.api, "api"), (.dependencies, "dependencies"),
  ]
}
