import CanonicalJSON
import PlanModel
import PlanText

/// What a program says of itself: the last line of its standard output that is a JSON object.
enum ReportedEvidence: Sendable, Equatable {
  /// What it said.
  case object([JSONValue.Member])

  /// Nothing that counts, and why, as a sentence.
  case none(String)

  /// More bytes are no evidence but output.
  static let limit = 16 << 10

  /// How deep objects and lists may be nested.
  static let depth = 8

  /// Reads the end of a standard output, without secrets.
  init(_ output: CapturedOutput, hiding redaction: OutputRedaction) {
    let end = output.tail.isEmpty ? output.head[...] : output.tail
    let lines = end.split(separator: "\n").lazy.map { line in
      line.drop(while: \.isSpace).trimmed
    }
    guard let line = lines.last(where: { $0.first == "{" }) else {
      self = .none("No line of its output is a JSON object.")
      return
    }
    guard line.count <= Self.limit else {
      self = .none("The last JSON line of its output has more than \(Self.limit) bytes.")
      return
    }
    do throws(JSONError) {
      guard let members = try JSONValue(parsing: line).object else {
        self = .none("No line of its output is a JSON object.")
        return
      }
      var reader = ReportedValues(redaction: redaction)
      let value = reader.value(.object(members), depth: 0)
      self = reader.trouble.map { .none($0) } ?? .object(value.object ?? [])
    } catch {
      self = .none(
        "The last line of its output that begins as a JSON object is none: \(error.message).")
    }
  }

  /// What stands in an event for it.
  var members: [JSONValue.Member] {
    switch self {
    case .object(let members): [.init("reported", .object(members))]
    case .none(let reason): [.init("reported", .null), .init("note", .string(reason))]
    }
  }
}

/// Walks through what a program said.
private struct ReportedValues {
  let redaction: OutputRedaction
  var trouble: String?

  mutating func value(_ value: JSONValue, depth: Int) -> JSONValue {
    if depth > ReportedEvidence.depth {
      trouble = "The last JSON line of its output is nested too deeply."
      return .null
    }
    switch value {
    case .string(let text): return .string(redaction.text(text))
    case .array(let elements): return .array(elements.map { self.value($0, depth: depth + 1) })
    case .object(let members):
      return .object(
        members.map { member in
          // The name by which events refer to what is kept with them.
          if member.name == "attachment" {
            trouble =
              "The last JSON line of its output has a member 'attachment', which is Waltz's own."
          }
          let isSecret = member.value != .null && SecretKeys.contain(member.name.utf8)
          return JSONValue.Member(
            redaction.text(member.name),
            isSecret ? .string("***") : self.value(member.value, depth: depth + 1))
        })
    case .null, .bool, .integer: return value
    }
  }
}

extension ArraySlice<UInt8> {
  /// Without blanks and breaks at its end.
  fileprivate var trimmed: ArraySlice<UInt8> {
    var text = self
    while text.last?.isSpace == true { text.removeLast() }
    return text
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { isBlank || isBreak }
}
