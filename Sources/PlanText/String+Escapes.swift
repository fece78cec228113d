extension String {
  /// The text with a backslash and a letter for each character that only an escape of double quotes puts
  /// into a name or a path: `certs\new.p12` where YAML read a line break. Nil where there is none.
  public var undoingEscapes: String? {
    func letter(_ scalar: Unicode.Scalar) -> Character? {
      switch scalar {
      case "\0": "0"
      case "\u{07}": "a"
      case "\u{08}": "b"
      case "\t": "t"
      case "\n": "n"
      case "\u{0B}": "v"
      case "\u{0C}": "f"
      case "\r": "r"
      case "\u{1B}": "e"
      case "\u{85}": "N"
      case "\u{A0}": "_"
      case "\u{2028}": "L"
      case "\u{2029}": "P"
      default: nil
      }
    }
    guard unicodeScalars.contains(where: { letter($0) != nil }) else { return nil }
    var result = ""
    for scalar in unicodeScalars {
      if let letter = letter(scalar) {
        result.append("\\")
        result.append(letter)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
