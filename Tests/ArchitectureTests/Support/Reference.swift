/// A place in a file of the repository that names another one: `docs/SEPM.md`, "Heartbeat", or a link.
struct Reference: Equatable {
  /// How a file is named.
  enum Target: Equatable {
    /// From the repository's folder: `docs/SEPM.md`.
    case path(String)

    /// From the folder of the file that names it, as links do.
    case link(String)

    /// A name without a folder: `README.md`, `Scheduler.swift`.
    case name(String)
  }

  let target: Target

  /// The heading that the reference names in quotes.
  var heading: String?

  /// The part of a link behind `#`.
  var anchor: String?

  let line: Int
}

/// Finds the references of a file: one walk over its bytes.
struct ReferenceFinder {
  /// What kind of text it is: in Swift, code names no files, only comments and what stands in backquotes.
  enum Kind {
    case swift
    case markdown
    case script
  }

  /// The folders whose files are named with their whole path. Code and scripts also speak of plans of other
  /// repositories, documents do not.
  private static let folders: Set<String> = [
    ".ci", "Benchmarks", "Fuzzing", "Sources", "Tests", "docs", "schemas",
  ]

  private let bytes: [UInt8]
  private let kind: Kind
  private var position = 0
  private var line = 1
  private var isComment = false
  private var isFence = false
  private var references: [Reference] = []

  /// The references of a text, in order.
  static func references(in text: String, _ kind: Kind) -> [Reference] {
    var finder = ReferenceFinder(bytes: Array(text.utf8), kind: kind)
    finder.walk()
    return finder.references
  }

  private init(bytes: [UInt8], kind: Kind) {
    self.bytes = bytes
    self.kind = kind
  }

  private mutating func walk() {
    beginLine()
    while position < bytes.count {
      let byte = bytes[position]
      if Self.isPart(byte) {
        takeWord()
      } else if byte == UInt8(ascii: "("), kind == .markdown, !isFence, position > 0,
        bytes[position - 1] == UInt8(ascii: "]")
      {
        takeLink()
      } else {
        position += 1
        if byte == UInt8(ascii: "\n") {
          line += 1
          beginLine()
        }
      }
    }
  }

  private mutating func beginLine() {
    let first = bytes[position...].prefix { $0 != UInt8(ascii: "\n") }
      .drop { $0 == UInt8(ascii: " ") }
    isComment = first.starts(with: "//".utf8)
    if first.starts(with: "```".utf8) { isFence.toggle() }
  }

  /// A run of bytes that a path is made of.
  private mutating func takeWord() {
    let start = position
    while position < bytes.count, Self.isPart(bytes[position]) { position += 1 }
    var end = position
    while end > start, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "/") {
      end -= 1
    }
    let word = bytes[start..<end]
    let isDocument = word.hasSuffix(".md")
    guard isDocument || kind != .swift || isComment || isQuoted(start),
      let target = target(named: word)
    else { return }
    references.append(Reference(target: target, line: line))
    takeHeadings()
  }

  /// What a word names; nil for words that name no file of the repository.
  private func target(named word: ArraySlice<UInt8>) -> Reference.Target? {
    let name = String(decoding: word, as: UTF8.self)
    guard let slash = word.firstIndex(of: UInt8(ascii: "/")) else {
      // Documents of the repository are written in capitals.
      let isDocument = word.hasSuffix(".md") && name.first?.isUppercase == true
      return isDocument || word.hasSuffix(".swift") && word.count > 6 ? .name(name) : nil
    }
    let folder = name.utf8.prefix(slash - word.startIndex)
    guard let folder = String(folder),
      Self.folders.contains(folder) || kind == .markdown && folder == "plans"
    else { return nil }
    // What is built comes and goes, and `CORPUS` stands for a name.
    let isPlaceholder = name.split(separator: "/")
      .contains { $0.count > 2 && $0.allSatisfy(\.isUppercase) }
    return isPlaceholder || name.contains("/.build") ? nil : .path(name)
  }

  /// `, "Heading"` behind a path, and `and "Another"` behind that; they may go over the ends of lines.
  private mutating func takeHeadings() {
    var next = position
    if next < bytes.count, bytes[next] == UInt8(ascii: "`") { next += 1 }
    guard next < bytes.count, bytes[next] == UInt8(ascii: ",") else { return }
    next += 1
    var isFirst = true
    while let heading = quoted(from: afterGap(next)) {
      let target = references[references.count - 1].target
      if isFirst { references.removeLast() }
      references.append(Reference(target: target, heading: heading.text, line: line))
      isFirst = false
      next = afterGap(heading.end)
      guard bytes[next...].starts(with: "and ".utf8) else { return }
      next += 4
    }
  }

  /// The text in quotes that begins at a position, without the ends of lines in it.
  private func quoted(from start: Int) -> (text: String, end: Int)? {
    var start = start
    if start < bytes.count, bytes[start] == UInt8(ascii: "\\") { start += 1 }
    guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { return nil }
    var text: [UInt8] = []
    var next = start + 1
    while next < bytes.count, text.count < 100 {
      let after = afterGap(next)
      if after > next {
        text.append(UInt8(ascii: " "))
        next = after
      } else if bytes[next] == UInt8(ascii: "\"") {
        if text.last == UInt8(ascii: "\\") { text.removeLast() }
        return (String(decoding: text, as: UTF8.self), next + 1)
      } else {
        text.append(bytes[next])
        next += 1
      }
    }
    return nil
  }

  /// Behind blanks and ends of lines, with what begins the next line of a comment or a text over several.
  private func afterGap(_ start: Int) -> Int {
    var next = start
    while next < bytes.count {
      switch bytes[next] {
      case UInt8(ascii: " "):
        next += 1
      case UInt8(ascii: "\\"):
        guard next + 1 < bytes.count, bytes[next + 1] == UInt8(ascii: "\n") else { return next }
        next += 1
      case UInt8(ascii: "\n"):
        next += 1
        while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
        while next < bytes.count,
          bytes[next] == UInt8(ascii: "/") || bytes[next] == UInt8(ascii: "#")
        {
          next += 1
        }
      default:
        return next
      }
    }
    return next
  }

  /// `(README.md#exit-status)` behind `]`; what leads out of the repository is passed over.
  private mutating func takeLink() {
    position += 1
    let text = bytes[position...].prefix {
      $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n")
    }
    position += text.count
    guard !text.contains(UInt8(ascii: ":")) else { return }
    let parts = String(decoding: text, as: UTF8.self)
      .split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    references.append(
      Reference(
        target: .link(String(parts[0])), anchor: parts.count > 1 ? String(parts[1]) : nil,
        line: line))
  }

  private func isQuoted(_ start: Int) -> Bool {
    start > 0 && bytes[start - 1] == UInt8(ascii: "`")
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "/"):
      true
    default: false
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ text: String) -> Bool {
    count >= text.utf8.count && suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
