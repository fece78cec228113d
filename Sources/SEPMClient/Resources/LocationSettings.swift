import PlanModel
import PlanText

/// The settings of a location, of which a rotation needs a few and keeps all (`docs/SEPM.md`, "Settings").
///
/// Every leaf is kept as it was written, with its path. What could be a password is not: its value is replaced before
/// anything else sees it.
package struct LocationSettings: Sendable, Hashable {
  /// One value of the document.
  package struct Leaf: Sendable, Hashable {
    /// `configuration.communication_settings.mode`; elements of lists as `list[0]`.
    package let path: String

    /// JSON, as it was written.
    package let value: String
  }

  /// A leaf that is not as it was.
  package struct Difference: Sendable, Hashable {
    /// The leaf's path.
    package let path: String

    /// What was recorded; nil where there was no such leaf.
    package let recorded: String?

    /// What is there now; nil where there is none.
    package let now: String?
  }

  /// What stands in place of a value that could be a password.
  static let hidden = #""(hidden)""#

  /// The leaf of "Enable secure communications …" in the console.
  static let verification = "configuration.general_settings.security_settings.secure_communications"

  /// The whole document in JSON, to keep, with what could be a password replaced.
  package let document: [UInt8]

  /// All values of it, in the order in which they stand there.
  package let leaves: [Leaf]

  /// Whether clients verify their server.
  package let verifies: Bool

  /// `PULL` or `PUSH`; nil where SEPM does not say.
  package var mode: String? { text("communication_settings.mode") }

  /// The heartbeat of clients in pull mode, in seconds; nil where SEPM does not say.
  package var heartbeat: Int? {
    self["configuration.communication_settings.pull_mode_heartbeat_freq_in_seconds"].flatMap {
      Int($0)
    }
  }

  /// The name of the management server list; nil where SEPM does not say.
  package var serverList: String? { text("communication_settings.sem_server.name") }

  /// Whether clients download policies; clients that do not never adopt anything. Nil where SEPM does not say.
  package var downloadsProfile: Bool? {
    self["configuration.communication_settings.download_profile"].map { $0 == "true" }
  }

  /// Whether clients connect at all; nil where SEPM does not say.
  package var connects: Bool? {
    self["configuration.communication_settings.connect_to_server"].map { $0 == "true" }
  }

  /// Reads a document that was kept; nil where it is none.
  package init?(document: [UInt8]) {
    guard let settings = try? LocationSettings(reading: document) else { return nil }
    self = settings
  }

  init(reading bytes: [UInt8]) throws(MalformedAnswer) {
    var reader = LeafReader()
    var end = 0
    try JSONCursor.read(bytes) { cursor throws(MalformedAnswer) in
      try reader.read(&cursor, path: "", name: [], depth: 0)
      end = cursor.offset
    }
    leaves = reader.leaves
    document = reader.document(of: bytes, to: end)
    let value = leaves.first { $0.path == Self.verification }?.value
    switch value {
    case "true", #""true""#: verifies = true
    case "false", #""false""#: verifies = false
    default: throw MalformedAnswer(what: "the member `\(Self.verification)` is not true or false")
    }
  }

  /// These settings with other values, each JSON by its path; a path that is not there stays so. Nil where they would be none.
  package func replacing(_ values: [String: String]) -> LocationSettings? {
    var reader = LeafReader()
    do throws(MalformedAnswer) {
      try JSONCursor.read(document) { cursor throws(MalformedAnswer) in
        try reader.read(&cursor, path: "", name: [], depth: 0)
      }
    } catch {
      return nil
    }
    var changed: [UInt8] = []
    var start = 0
    for (leaf, range) in zip(reader.leaves, reader.ranges) {
      guard let value = values[leaf.path] else { continue }
      changed += document[start..<range.lowerBound] + Array(value.utf8)
      start = range.upperBound
    }
    return LocationSettings(document: changed + document[start...])
  }

  /// The same settings with verification on; nil where they would be none.
  package var verifying: LocationSettings? { replacing([Self.verification: "true"]) }

  /// The same settings with the management server list of others; nil where they would be none.
  package func listed(as others: LocationSettings) -> LocationSettings? {
    let list = others.leaves.filter {
      $0.path.hasPrefix("configuration.communication_settings.sem_server.")
    }
    return replacing(Dictionary(list.map { ($0.path, $0.value) }) { first, _ in first })
  }

  /// The value at a path, as it is written.
  package subscript(path: String) -> String? { leaves.first { $0.path == path }?.value }

  /// Where what is there now differs from what was recorded. Values that are hidden are not compared.
  package static func differences(
    between recorded: LocationSettings, and now: LocationSettings
  ) -> [Difference] {
    var left = Dictionary(recorded.leaves.map { ($0.path, $0.value) }) { first, _ in first }
    var differences: [Difference] = []
    for leaf in now.leaves {
      let before = left.removeValue(forKey: leaf.path)
      if before != leaf.value {
        differences.append(Difference(path: leaf.path, recorded: before, now: leaf.value))
      }
    }
    for leaf in recorded.leaves where left[leaf.path] != nil {
      differences.append(Difference(path: leaf.path, recorded: leaf.value, now: nil))
    }
    return differences
  }

  private func text(_ path: String) -> String? {
    guard let value = self["configuration." + path], value != "null" else { return nil }
    return try? JSONCursor.read(Array(value.utf8)) { cursor throws(MalformedAnswer) in
      try cursor.text()
    }
  }
}

/// Goes through a document and notes its leaves.
private struct LeafReader {
  private(set) var leaves: [LocationSettings.Leaf] = []

  /// Where each leaf's value stands.
  private(set) var ranges: [Range<Int>] = []
  private var hidden: [Range<Int>] = []

  mutating func read(
    _ cursor: inout JSONCursor, path: String, name: [UInt8], depth: Int
  ) throws(MalformedAnswer) {
    guard depth < 32 else { throw cursor.failure("the values are nested too deeply") }
    let start = cursor.offset
    defer { if leaves.count > ranges.count { ranges.append(start..<cursor.offset) } }
    switch cursor.next {
    case "{":
      var isEmpty = true
      try cursor.members { cursor, member throws(MalformedAnswer) in
        isEmpty = false
        let name = Array(member.bytes)
        let text = String(decoding: name, as: UTF8.self)
        try read(
          &cursor, path: path.isEmpty ? text : "\(path).\(text)", name: name, depth: depth + 1)
      }
      if isEmpty { leaves.append(.init(path: path, value: "{}")) }
    case "[":
      var index = 0
      try cursor.elements { cursor throws(MalformedAnswer) in
        try read(&cursor, path: "\(path)[\(index)]", name: name, depth: depth + 1)
        index += 1
      }
      if index == 0 { leaves.append(.init(path: path, value: "[]")) }
    default:
      let isText = cursor.next == "\""
      let value = try cursor.raw()
      if isText, value.count > 2, SecretKeys.contain(name) {
        hidden.append(start..<cursor.offset)
        leaves.append(.init(path: path, value: LocationSettings.hidden))
      } else {
        leaves.append(.init(path: path, value: String(decoding: value, as: UTF8.self)))
      }
    }
  }

  /// The document without what is hidden.
  func document(of bytes: [UInt8], to end: Int) -> [UInt8] {
    var document: [UInt8] = []
    document.reserveCapacity(end)
    var start = 0
    for range in hidden {
      document += bytes[start..<range.lowerBound]
      document += LocationSettings.hidden.utf8
      start = range.upperBound
    }
    return document + bytes[start..<end]
  }
}
