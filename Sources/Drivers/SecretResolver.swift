package import PlanModel
package import Secrets
import Subprocess
import Synchronization
import SystemPackage

/// Follows references to secrets: a variable, a file, or what a program prints. It holds the environment, which may hold
/// secrets, and so shows nothing of itself.
///
/// Nothing calls it unless the user asked for it with `--live` or a run needs the secret: a plan may come
/// from a stranger, and a reference may name a program.
package struct SecretResolver: Sendable {
  /// How a file that a plan names is read: within the plan's folder and with a bound.
  package typealias ReadFile = @Sendable (String) throws(FileTrouble) -> [UInt8]

  /// How long a program may take; a vault that asks its server answers in seconds.
  package static let patience: Duration = .seconds(30)

  /// More bytes are no secret.
  package static let limit = 65_536

  private let variables: [String: String]
  private let folder: String
  private let patience: Duration
  private let readFile: ReadFile

  /// Every secret that was resolved.
  package let known: KnownSecrets

  private let followed = FollowedReferences()

  /// A resolver.
  ///
  /// - Parameters:
  ///   - variables: the environment; programs are looked for in its `PATH` and inherit all of it.
  ///   - folder: the plan's folder, absolute; where programs are started.
  ///   - patience: how long a program may take.
  ///   - known: keeps every secret that is resolved.
  ///   - readFile: reads a file that the plan names.
  package init(
    variables: [String: String], folder: String, patience: Duration = Self.patience,
    known: KnownSecrets = KnownSecrets(), readFile: @escaping ReadFile
  ) {
    self.known = known
    self.variables = variables
    self.folder = folder
    self.patience = patience
    self.readFile = readFile
  }

  /// The secret behind a reference.
  package func resolve(_ reference: SecretReference) async throws(SecretTrouble) -> Secret {
    followed.insert(reference)
    let bytes =
      switch reference {
      case .environment(let name): try variable(name)
      case .file(let path): try file(path)
      case .command(let arguments): try await output(of: arguments)
      }
    let secret = Secret(content: bytes)
    guard !secret.isEmpty else { throw .empty }
    known.learn(secret)
    return secret
  }

  /// Whether a reference was followed, whatever it led to.
  func hasFollowed(_ reference: SecretReference) -> Bool { followed.contains(reference) }

  private func variable(_ name: String) throws(SecretTrouble) -> [UInt8] {
    guard let value = variables[name] else { throw .notSet }
    return Array(value.utf8)
  }

  private func file(_ path: String) throws(SecretTrouble) -> [UInt8] {
    do {
      return try readFile(path)
    } catch {
      throw .file(error)
    }
  }

  /// What a program prints. What it says on standard error is thrown away: it may repeat the secret.
  private func output(of arguments: [String]) async throws(SecretTrouble) -> [UInt8] {
    let arguments = arguments
    let answer = await withTaskGroup(of: Result<[UInt8], SecretTrouble>.self) { group in
      group.addTask { await start(arguments) }
      group.addTask {
        // Cancelled when the program ends first; then nobody looks at the answer.
        try? await Task.sleep(for: patience)
        return .failure(.tookTooLong(patience))
      }
      let first = await group.next()
      // Takes the program down with everything that it started.
      group.cancelAll()
      return first ?? .failure(.tookTooLong(patience))
    }
    return try answer.get()
  }

  private func start(_ arguments: [String]) async -> Result<[UInt8], SecretTrouble> {
    guard let program = arguments.first else { return .failure(.noProgram) }
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2)),
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
    ]
    do {
      let result = try await run(
        executable(program),
        arguments: Arguments(Array(arguments.dropFirst())),
        environment: environment,
        workingDirectory: FilePath(folder),
        platformOptions: options,
        output: .bytes(limit: Self.limit),
        error: .discarded)
      switch result.terminationStatus {
      case .exited(0): return .success(result.standardOutput)
      case .exited(let status): return .failure(.failed(status: Int(status)))
      case .signaled(let signal): return .failure(.killed(signal: Int(signal)))
      }
    } catch let error as SubprocessError {
      return .failure(Self.trouble(error))
    } catch {
      return .failure(.notStarted("\(error)"))
    }
  }

  /// A bare name is looked for in the `PATH`; a path is the plan's, as its other paths are.
  private func executable(_ program: String) -> Executable {
    guard program.utf8.contains(UInt8(ascii: "/")) else { return .name(program) }
    return .path(FilePath(program.hasPrefix("/") ? program : "\(folder)/\(program)"))
  }

  private var environment: Environment {
    var values: [Environment.Key: String] = [:]
    for (name, value) in variables {
      if let key = Environment.Key(rawValue: name) { values[key] = value }
    }
    return .custom(values)
  }

  private static func trouble(_ error: SubprocessError) -> SecretTrouble {
    if error.code == .executableNotFound { return .noProgram }
    if error.code == .outputLimitExceeded { return .tooLong(limit: limit) }
    return .notStarted(error.underlyingError.map { "\($0)" } ?? "\(error)")
  }
}

/// The references that were followed.
private final class FollowedReferences: Sendable {
  private let references = Mutex<Set<SecretReference>>([])

  func insert(_ reference: SecretReference) { references.withLock { _ = $0.insert(reference) } }

  func contains(_ reference: SecretReference) -> Bool {
    references.withLock { $0.contains(reference) }
  }
}

extension SecretResolver: CustomStringConvertible, CustomReflectable {
  package var description: String { "a resolver of secrets for \(folder)" }
  package var customMirror: Mirror { Mirror(self, children: ["folder": folder]) }
}
