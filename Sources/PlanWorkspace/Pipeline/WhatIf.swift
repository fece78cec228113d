package import PlanText
package import WorkingTree

/// What of a plan is to be tried otherwise: `waits.default.adopted=99%,minimum=7d`.
///
/// A key is the way to a value, its parts joined by dots. One without a dot stands beside the value before.
package struct WhatIf: Sendable, Equatable {
  /// As it was written.
  package let text: String

  private let changes: [(way: [String], value: String)]

  /// Reads what is to be tried.
  ///
  /// - Throws: ``WorkspaceError`` of kind `arguments` where it has not this form
  package init(_ text: String) throws(WorkspaceError) {
    self.text = text
    var changes: [(way: [String], value: String)] = []
    for part in Self.parts(of: text) {
      guard let sign = part.firstIndex(of: "="), sign > part.startIndex,
        part.index(after: sign) < part.endIndex
      else {
        throw WorkspaceError(
          .arguments,
          "--what-if \(text) is not KEY=VALUE, such as waits.default.adopted=99%,minimum=7d.")
      }
      var way = part[..<sign].split(separator: ".", omittingEmptySubsequences: false).map(
        String.init)
      guard way.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isOfKey) }) else {
        throw WorkspaceError(
          .arguments, "--what-if \(text): `\(part[..<sign])` is no way to a value of a plan.")
      }
      if way.count == 1, let before = changes.last?.way { way = before.dropLast() + way }
      changes.append((way, String(part[part.index(after: sign)...])))
    }
    self.changes = changes
  }

  package static func == (one: WhatIf, other: WhatIf) -> Bool { one.text == other.text }

  /// The same as an overlay.
  package var overlay: SourceText {
    var text = ""
    var open: [String] = []
    // What is said of one mapping stands together: a key may be there once.
    for (way, value) in merged {
      let shared = zip(open, way.dropLast()).prefix { $0 == $1 }.count
      for depth in shared..<way.count - 1 {
        text += String(repeating: "  ", count: depth) + way[depth] + ":\n"
      }
      open = way.dropLast()
      text += String(repeating: "  ", count: way.count - 1) + (way.last ?? "") + ": \(value)\n"
    }
    return SourceText(name: "--what-if", bytes: Array(text.utf8))
  }

  /// In the order of their ways; the last word on a value counts.
  private var merged: [(way: [String], value: String)] {
    var result: [(way: [String], value: String)] = []
    for change in changes {
      result.removeAll { $0.way == change.way }
      result.append(change)
    }
    return result.sorted { $0.way.lexicographicallyPrecedes($1.way) }
  }

  /// Cut at commas that stand in no bracket.
  private static func parts(of text: String) -> [Substring] {
    var (parts, depth, start) = ([Substring](), 0, text.startIndex)
    for index in text.indices {
      switch text[index] {
      case "[", "{": depth += 1
      case "]", "}": depth -= 1
      case "," where depth == 0:
        parts.append(text[start..<index])
        start = text.index(after: index)
      default: break
      }
    }
    return parts + [text[start...]]
  }

  private static func isOfKey(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
  }
}
