extension HTML {
  /// A sentence, in which a foreign text is told from Waltz's words.
  init(_ phrase: Phrase) {
    self.init(
      phrase.pieces.map { piece -> HTML in
        switch piece {
        case .words(let words): "\(words)"
        case .value(let value): "<code>\(value)</code>"
        }
      })
  }
}
