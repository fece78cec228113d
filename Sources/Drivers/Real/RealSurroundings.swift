package import PlanModel
package import RotationGraph
package import SEPMClient
package import Secrets

/// What the drivers of real servers get from the process that they run in: nothing below reads the environment, a clock or
/// the working directory by itself.
package struct RealSurroundings: Sendable {
  /// Reads a file that the plan names, within bounds.
  package typealias ReadFile = SecretResolver.ReadFile

  /// What an examination of a certificate's file came to.
  package enum Examination: Sendable {
    /// It can be installed; the leaf's fingerprint.
    case usable(Fingerprint)

    /// It cannot, and why, a sentence each.
    case unusable([String])
  }

  /// Examines the certificate at a position in the plan of a graph, as its file is today. A secret that this needs is kept
  /// among those that are known.
  package typealias Examine = @Sendable (StepGraph, Int, KnownSecrets) async -> Examination

  /// The environment, of which programs inherit a few variables.
  package let variables: [String: String]

  /// The plan's folder, absolute.
  package let folder: String

  /// Reads a file that the plan names.
  package let readFile: ReadFile

  /// Examines a certificate of a plan.
  package let examine: Examine

  /// The local clock, in UTC milliseconds since 1970.
  package let localTime: @Sendable () -> Int64

  /// Follows references to secrets, and keeps what they gave.
  let secrets: SecretResolver

  /// How the APIs of sites are reached.
  let access: APIAccess

  /// Surroundings.
  package init(
    variables: [String: String], folder: String, readFile: @escaping ReadFile,
    examine: @escaping Examine, localTime: @escaping @Sendable () -> Int64,
    pace: @escaping @Sendable () -> RequestPace = { RequestPace() },
    limits: CallLimits = CallLimits()
  ) {
    self.variables = variables
    self.folder = folder
    self.readFile = readFile
    self.examine = examine
    self.localTime = localTime
    let secrets = SecretResolver(variables: variables, folder: folder, readFile: readFile)
    self.secrets = secrets
    access = APIAccess(
      resolve: { reference async throws(SecretTrouble) in try await secrets.resolve(reference) },
      readFile: readFile, known: secrets.known, localTime: localTime, pace: pace, limits: limits)
  }
}

extension RealSurroundings: CustomStringConvertible, CustomReflectable {
  /// Nothing of the environment, which may hold secrets.
  package var description: String { "the surroundings of \(folder)" }
  package var customMirror: Mirror { Mirror(self, children: ["folder": folder]) }
}
