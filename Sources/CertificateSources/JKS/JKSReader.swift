import Cryptography
import SwiftASN1

/// Reads a keystore in Java's own format, versions 1 and 2, as keytool writes it.
///
/// Certificates are in the clear there. A key has a cipher of its own, and the whole file a checksum that
/// the store's password is part of.
struct JKSReader {
  private struct Entry {
    let alias: String
    let protectedKey: ArraySlice<UInt8>?
    let certificates: [ArraySlice<UInt8>]
  }

  /// Where the file ends although more was announced.
  private struct Truncated: Error {}

  private let limits: SourceLimits
  private var cursor: ArraySlice<UInt8>

  /// - Throws: ``SourceProblem`` where nothing at all can be read.
  static func read(_ bytes: ArraySlice<UInt8>, _ password: Password?, _ limits: SourceLimits)
    throws(SourceProblem) -> ContainerContents
  {
    var reader = JKSReader(limits: limits, cursor: bytes)
    do {
      return try reader.read(bytes, password)
    } catch let problem as SourceProblem {
      throw problem
    } catch {
      throw .truncated(.jks, expected: nil, actual: bytes.count)
    }
  }

  private init(limits: SourceLimits, cursor: ArraySlice<UInt8>) {
    self.limits = limits
    self.cursor = cursor
  }

  private mutating func read(_ file: ArraySlice<UInt8>, _ password: Password?) throws
    -> ContainerContents
  {
    _ = try number(4)
    let version = try number(4)
    guard version == 1 || version == 2 else {
      throw SourceProblem.damaged(
        .jks, detail: "its version is \(version), but Java knows only 1 and 2")
    }
    let count = try number(4)
    var entries: [Entry] = []
    var total = 0
    for _ in 0..<count {
      let entry = try entry(version)
      entries.append(entry)
      total += 1 + entry.certificates.count
      guard total <= limits.entries else {
        throw SourceProblem.tooManyEntries(limit: limits.entries)
      }
    }
    let covered = file[..<cursor.startIndex]
    let checksum = try bytes(20)
    var contents = ContainerContents()
    contents.integrity = .init(
      subject: "container", algorithm: "SHA-1", iterations: nil, isWeak: true)
    if !cursor.isEmpty { contents.problems.append(.trailingBytes(.jks, count: cursor.count)) }
    for entry in entries {
      let kind: KeystoreEntry = entry.protectedKey == nil ? .trusted : .key(contents.keyCount)
      contents.certificates += entry.certificates.map {
        .init(der: $0, alias: entry.alias, entry: kind)
      }
      if entry.protectedKey != nil { contents.keyCount += 1 }
    }
    if contents.keyCount > 0 {
      contents.encryptions = [
        .init(
          subject: "key", algorithm: "Java's own cipher, on SHA-1", iterations: nil, isWeak: true)
      ]
    }
    guard let password else {
      contents.isOpen = contents.keyCount == 0
      if !contents.isOpen { contents.problems.append(.passwordMissing(.jks)) }
      return contents
    }
    open(entries, Self.checksum(of: covered, password) == Array(checksum), password, &contents)
    return contents
  }

  private func open(
    _ entries: [Entry], _ opensStore: Bool, _ password: Password,
    _ contents: inout ContainerContents
  ) {
    var lockedAliases: [String] = []
    for entry in entries {
      guard let key = entry.protectedKey else { continue }
      switch JKSKey.open(key, password) {
      case .open(var plain):
        contents.add(key: plain[...], alias: entry.alias)
        wipe(&plain)
      case .locked: lockedAliases.append(entry.alias)
      case .unreadable(let problem): contents.problems.append(problem)
      }
    }
    contents.isOpen = opensStore && lockedAliases.isEmpty
    if opensStore {
      contents.problems += lockedAliases.map { .keyPasswordDiffers(alias: $0) }
    } else if let alias = contents.keys.first?.alias {
      contents.problems.append(.storePasswordDiffers(alias: alias))
    } else {
      contents.problems.append(.passwordWrong(.jks, wasEmpty: password.isEmpty))
    }
  }

  private static func checksum(of content: ArraySlice<UInt8>, _ password: Password) -> [UInt8] {
    var state = HashState(.sha1)
    state.update(password.utf16(isTerminated: false))
    state.update(Array("Mighty Aphrodite".utf8))
    state.update(content)
    return state.finish()
  }

  private mutating func entry(_ version: Int) throws -> Entry {
    let tag = try number(4)
    let alias = String(decoding: try bytes(number(2)), as: UTF8.self)
    _ = try bytes(8)
    switch tag {
    case 1:
      let key = try bytes(number(4))
      let count = try number(4)
      guard count <= limits.entries else {
        throw SourceProblem.tooManyEntries(limit: limits.entries)
      }
      var chain: [ArraySlice<UInt8>] = []
      for _ in 0..<count { chain.append(try certificate(version)) }
      return Entry(alias: alias, protectedKey: key, certificates: chain)
    case 2: return Entry(alias: alias, protectedKey: nil, certificates: [try certificate(version)])
    default:
      throw SourceProblem.damaged(
        .jks, detail: "an entry is of the kind \(tag), which Java does not know")
    }
  }

  private mutating func certificate(_ version: Int) throws -> ArraySlice<UInt8> {
    if version == 2 { _ = try bytes(number(2)) }
    return try bytes(number(4))
  }

  private mutating func number(_ size: Int) throws -> Int {
    try bytes(size).reduce(0) { $0 << 8 | Int($1) }
  }

  private mutating func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count <= cursor.count else { throw Truncated() }
    defer { cursor = cursor.dropFirst(count) }
    return cursor.prefix(count)
  }
}
