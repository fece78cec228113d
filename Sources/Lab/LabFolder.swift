import PlanText
import PrivateFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder of a lab: its log, certificates, passwords, overlay and control socket; its owner's only.
struct LabFolder: Sendable {
  /// Where it is, absolute.
  let path: String

  private let folder: PrivateFolder

  /// Opens the folder, or makes it, for this process alone.
  ///
  /// - Throws: ``LabError``
  init(_ path: String) throws {
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    for part in [parent, path, path + "/world"] where !part.isEmpty {
      guard mkdir(part, 0o700) == 0 || errno == EEXIST else {
        throw LabError("Cannot create \(part): \(String(cString: strerror(errno))).")
      }
    }
    self.path = path
    do {
      folder = try PrivateFolder(path, for: .changing)
      guard try folder.lock() else {
        throw LabError("Another lab uses \(path). Stop it, or start this one in another folder.")
      }
    } catch let trouble as PrivateFileTrouble {
      throw Self.error(trouble, path)
    }
  }

  /// The file of the world's log.
  var logPath: String { path + "/world/lab.log" }

  /// The socket of the control interface.
  var controlPath: String { path + "/control" }

  /// Where a file of the folder is.
  func path(of name: String) -> String { "\(path)/\(name)" }

  /// The bytes of a file; nil where it is not there.
  ///
  /// - Throws: ``LabError``
  func read(_ name: String) throws -> [UInt8]? {
    do throws(PrivateFileTrouble) {
      return try folder.contents(of: name, limit: 1 << 24)
    } catch {
      throw Self.error(error, path(of: name))
    }
  }

  /// Writes a file, in place of one that is there.
  ///
  /// - Throws: ``LabError``
  func write(_ bytes: [UInt8], as name: String) throws {
    do throws(PrivateFileTrouble) {
      try folder.replace(name, with: bytes)
    } catch {
      throw Self.error(error, path(of: name))
    }
  }

  /// Lets nobody but the owner use the control socket.
  func closeControlToOthers() { _ = chmod(controlPath, 0o600) }

  private static func error(_ trouble: PrivateFileTrouble, _ path: String) -> LabError {
    switch trouble {
    case .untrusted(let message): LabError(message)
    case .system(let code): LabError("Cannot use \(path): \(String(cString: strerror(code))).")
    }
  }
}
