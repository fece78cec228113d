/// What a report says, before it is laid out: every format is written from the same parts in the same order.
///
/// A chart is never alone: what it shows is said in words as well, which is all that formats without drawings have.
struct ReportDocument {
  /// How urgent something is. No format says it by colour alone.
  enum Tone {
    case plain
    case good
    case attention
    case trouble
  }

  /// A part with a heading.
  struct Section {
    /// The name that links lead to.
    let id: String
    let title: String
    var parts: [Part]

    /// Whether it begins a page where there are pages.
    var startsPage = false
  }

  /// A name and what is so.
  struct Fact {
    let name: String
    let words: Phrase
    var tone = Tone.plain
  }

  /// A cell of a table.
  struct Cell: ExpressibleByStringInterpolation {
    let words: Phrase
    var tone = Tone.plain

    /// A drawing that says the same as other cells of its row; nil where there is none.
    var drawing: HTML?

    init(_ words: Phrase, _ tone: Tone = .plain, drawing: HTML? = nil) {
      self.words = words
      self.tone = tone
      self.drawing = drawing
    }

    init(stringLiteral words: String) {
      self.init(words.isEmpty ? Phrase() : Phrase(stringLiteral: words))
    }

    init(stringInterpolation: Phrase.Interpolation) {
      self.init(Phrase(stringInterpolation: stringInterpolation))
    }

    /// Waltz's own words that are not written in place.
    static func words(_ text: String, _ tone: Tone = .plain) -> Cell {
      Cell(text.isEmpty ? Phrase() : "\(words: text)", tone)
    }
  }

  /// A column of a table.
  struct Column: ExpressibleByStringLiteral {
    let title: String
    var isNumber = false

    /// Whether it has drawings, and nothing that is not said elsewhere in the row.
    var isDrawn = false

    /// Whether it has sentences, which take several lines.
    var isProse = false

    init(_ title: String, isNumber: Bool = false, isDrawn: Bool = false, isProse: Bool = false) {
      self.title = title
      self.isNumber = isNumber
      self.isDrawn = isDrawn
      self.isProse = isProse
    }

    init(stringLiteral title: String) { self.init(title) }
  }

  /// Rows that are named by their first cells.
  struct Table {
    /// What it shows, in a sentence.
    let caption: Phrase
    let columns: [Column]
    var rows: [[Cell]]
  }

  /// A drawing with what it shows in words.
  struct Chart {
    let title: Phrase
    let words: Phrase
    let drawing: HTML
  }

  indirect enum Part {
    case paragraph(Phrase, Tone = .plain)
    case facts([Fact])
    case table(Table)
    case list([Phrase], isNumbered: Bool = false)
    case charts([Chart])

    /// Lines as they stand: a plan, something to type.
    case lines(String)

    /// What only some readers want.
    case details(Phrase, [Part])
  }

  /// The language of its words: `en`.
  let language: String

  /// What a window is named after.
  let name: String

  let title: Phrase

  /// What comes first.
  var lead: [Part]

  var sections: [Section]

  /// Where it came from, for its end.
  let origin: Phrase
}
