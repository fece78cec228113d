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
    guard let descriptor = try open(name, O_RDONLY) else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = buffer.withUnsafeMutableBytes { takeBytes(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0, bytes.count <= 1 << 24 else {
        throw LabError("Cannot read \(path(of: name)).")
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  /// Writes a file, in place of one that is there.
  ///
  /// - Throws: ``LabError``
  func write(_ bytes: [UInt8], as name: String) throws {
    let draft = name + ".new"
    folder.remove(draft)
    guard let descriptor = try open(draft, O_WRONLY | O_CREAT | O_EXCL) else { return }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { putBytes(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw LabError("Cannot write \(path(of: name)): \(String(cString: strerror(errno))).")
      }
      rest = rest.dropFirst(count)
    }
    do throws(PrivateFileTrouble) {
      try folder.move(draft, to: name)
    } catch {
      throw Self.error(error, path(of: name))
    }
  }

  /// Lets nobody but the owner use the control socket.
  func closeControlToOthers() { _ = chmod(controlPath, 0o600) }

  private func open(_ name: String, _ flags: Int32) throws -> Int32? {
    do throws(PrivateFileTrouble) {
      return try folder.openFile(name, flags)
    } catch {
      throw Self.error(error, path(of: name))
    }
  }

  private static func error(_ trouble: PrivateFileTrouble, _ path: String) -> LabError {
    switch trouble {
    case .untrusted(let message): LabError(message)
    case .system(let code): LabError("Cannot open \(path): \(String(cString: strerror(code))).")
    }
  }
}

private func takeBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}

private func putBytes(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
  write(descriptor, buffer.baseAddress, buffer.count)
}
