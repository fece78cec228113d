import PlanModel
import RotationGraph

/// A sentence in which what Waltz says and what stands in a plan are told apart, so that each medium shows
/// a plan's text without taking it for its own.
struct Phrase: ExpressibleByStringInterpolation, Equatable {
  /// A piece of a sentence.
  enum Piece: Equatable {
    /// Waltz's own words.
    case words(String)

    /// A name or a text from a plan.
    case value(String)
  }

  private(set) var pieces: [Piece] = []

  init() {}

  init(stringLiteral value: String) {
    pieces = [.words(value)]
  }

  init(stringInterpolation: Interpolation) {
    pieces = stringInterpolation.pieces
  }

  /// A sentence in which names stand between backticks, as messages and instructions have them: those are its values.
  init(marked text: String) {
    var words = text[...]
    var rest = text[...]
    while let begin = rest.firstIndex(of: "`") {
      let fence = rest[begin...].prefix { $0 == "`" }
      guard let end = Self.end(of: fence, in: rest[fence.endIndex...]) else {
        rest = rest[fence.endIndex...]
        continue
      }
      let before = words[..<begin]
      if !before.isEmpty { pieces.append(.words(String(before))) }
      var value = rest[fence.endIndex..<end]
      if value.count > 2, value.hasPrefix(" "), value.hasSuffix(" ") {
        value = value.dropFirst().dropLast()
      }
      pieces.append(.value(String(value)))
      rest = rest[end...].dropFirst(fence.count)
      words = rest
    }
    if !words.isEmpty { pieces.append(.words(String(words))) }
  }

  /// Where the run of as many backticks begins that ends a span; nil where there is none.
  private static func end(of fence: Substring, in text: Substring) -> String.Index? {
    var rest = text
    while let next = rest.firstIndex(of: "`") {
      let run = rest[next...].prefix { $0 == "`" }
      if run.count == fence.count { return next }
      rest = rest[run.endIndex...]
    }
    return nil
  }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.words(literal)) }
    }

    /// A text from a plan.
    mutating func appendInterpolation(_ value: String) {
      pieces.append(.value(value))
    }

    /// A value of a plan; nothing is written as `none`.
    mutating func appendInterpolation(_ value: PlanDifference.Value?) {
      switch value {
      case .text(let text)?: pieces.append(.value(text))
      case .command(let arguments)?: pieces.append(.value(CommandText.text(arguments)))
      case .passwordCommand(let arguments)?:
        pieces.append(.value(CommandText.text(arguments, isForPassword: true)))
      case nil: pieces.append(.words("none"))
      }
    }

    /// Another phrase.
    mutating func appendInterpolation(_ phrase: Phrase) {
      pieces += phrase.pieces
    }

    /// Words of Waltz that are not written in place, such as numbers.
    mutating func appendInterpolation(words: String) {
      pieces.append(.words(words))
    }
  }

  static func + (left: Phrase, right: Phrase) -> Phrase {
    var sum = left
    sum.pieces += right.pieces
    return sum
  }

  /// The sentence as plain text.
  var plain: String {
    pieces.map {
      switch $0 {
      case .words(let text), .value(let text): text
      }
    }.joined()
  }

  /// `a`, `a and b`, `a, b and 3 more`.
  static func list(_ names: [String], atMost limit: Int = 3) -> Phrase {
    var phrase = Phrase()
    for (number, name) in names.prefix(limit).enumerated() {
      if number > 0 {
        phrase.pieces.append(
          .words(number == names.count - 1 ? " and " : ", "))
      }
      phrase.pieces.append(.value(name))
    }
    if names.count > limit {
      phrase.pieces.append(.words(" and \(Wording.number(names.count - limit)) more"))
    }
    return phrase
  }
}

/// An argument vector as it stands in a plan: a list, so that nobody takes it for a line of a shell.
enum CommandText {
  /// `[ssh, '{server.address}', 'Restart-Service semsrv']`: an argument is quoted unless it is plain, and one
  /// that looks like a secret is masked.
  static func text(_ arguments: [String], isForPassword: Bool = false) -> String {
    let shown = maskingSecrets(in: arguments, isForPassword: isForPassword)
    return "["
      + zip(arguments, shown).map { $0 == $1 ? quoted($0) : $1 }.joined(separator: ", ") + "]"
  }

  private static func quoted(_ argument: String) -> String {
    let isPlain =
      !argument.isEmpty
      && argument.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
          || "-_./=:+\\".unicodeScalars.contains($0)
      }
    guard !isPlain else { return argument }
    return "'" + argument.replacing("'", with: "''") + "'"
  }
}
