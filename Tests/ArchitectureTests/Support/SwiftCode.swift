/// The code of a Swift file: its text with comments and the text of string literals blanked out, line
/// for line; what is interpolated into a string is code and stays.
struct SwiftCode {
  /// A line that imports a module.
  struct Import: Hashable {
    let module: String
    let line: Int
  }

  /// A word of the code, with what stands around it.
  struct Word {
    let text: Substring
    let line: Int
    /// The character before it that is no space; nil at the start of the file.
    let before: Character?
    /// What follows on the same line.
    let after: Substring
  }

  let lines: [Substring]

  init(_ text: String) {
    var blanker = Blanker(bytes: Array(text.utf8))
    blanker.copyCode(inParentheses: false)
    let code = String(decoding: blanker.output, as: UTF8.self)
    lines = code.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The modules that the file imports, whatever the attributes and the access level.
  var imports: [Import] {
    lines.enumerated().flatMap { index, line in
      line.split(separator: ";").compactMap { statement in
        Self.importedModule(statement).map { Import(module: $0, line: index + 1) }
      }
    }
  }

  private static func importedModule(_ statement: Substring) -> String? {
    var words = statement.split(whereSeparator: \.isWhitespace)[...]
    let levels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    while let first = words.first, first.hasPrefix("@") || levels.contains(first) {
      words.removeFirst()
    }
    guard words.popFirst() == "import" else { return nil }
    let kinds: Set<Substring> = [
      "class", "enum", "func", "let", "protocol", "struct", "typealias", "var",
    ]
    if let first = words.first, kinds.contains(first) { words.removeFirst() }
    return words.first.map { String($0.prefix { $0 != "." }) }
  }

  /// All identifiers, in order.
  var words: [Word] {
    var words: [Word] = []
    var before: Character?
    for (index, line) in lines.enumerated() {
      var rest = line
      while let first = rest.first {
        if first.isLetter || first == "_" || first.isNumber {
          let text = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
          rest = rest.dropFirst(text.count)
          words.append(Word(text: text, line: index + 1, before: before, after: rest))
          before = text.last
        } else {
          if !first.isWhitespace { before = first }
          rest.removeFirst()
        }
      }
    }
    return words
  }
}

/// Walks through Swift source and copies what is code.
private struct Blanker {
  let bytes: [UInt8]
  var position = 0
  var output: [UInt8] = []

  mutating func copyCode(inParentheses: Bool) {
    var depth = 0
    while position < bytes.count {
      if starts("//") {
        blank { !$0.starts("\n") }
      } else if starts("/*") {
        blankBlockComment()
      } else if let hashes = stringStart() {
        blankString(hashes: hashes)
      } else {
        if bytes[position] == UInt8(ascii: "(") { depth += 1 }
        if bytes[position] == UInt8(ascii: ")") {
          if inParentheses, depth == 0 { return }
          depth -= 1
        }
        output.append(bytes[position])
        position += 1
      }
    }
  }

  private mutating func blankBlockComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        blank(2)
      } else if starts("*/") {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && position < bytes.count
  }

  /// The number of `#` before a string literal that starts here; nil where none does.
  private func stringStart() -> Int? {
    var end = position
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
    return end - position
  }

  private mutating func blankString(hashes: Int) {
    blank(hashes)
    let quotes = starts("\"\"\"") ? "\"\"\"" : "\""
    blank(quotes.utf8.count)
    let hashText = String(repeating: "#", count: hashes)
    while position < bytes.count, !starts(quotes + hashText) {
      if starts("\\" + hashText + "(") {
        blank(1 + hashes)
        output.append(UInt8(ascii: "("))
        position += 1
        copyCode(inParentheses: true)
        if position < bytes.count {
          output.append(UInt8(ascii: ")"))
          position += 1
        }
      } else {
        blank(starts("\\" + hashText) ? 2 + hashes : 1)
      }
    }
    blank(quotes.utf8.count + hashes)
  }

  private func starts(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  private mutating func blank(_ count: Int) {
    for _ in 0..<count where position < bytes.count {
      output.append(bytes[position] == UInt8(ascii: "\n") ? bytes[position] : UInt8(ascii: " "))
      position += 1
    }
  }

  private mutating func blank(while condition: (Blanker) -> Bool) {
    while position < bytes.count, condition(self) { blank(1) }
  }
}
