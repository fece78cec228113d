extension Unicode.Scalar {
  /// Whether it is no letter or sign that shows, but would control, reorder or hide what does: control and format
  /// characters, line separators, and everything that Unicode lets a font leave out, such as tags, fillers and
  /// variation selectors.
  package var isUnseen: Bool {
    if isASCII { return value < 0x20 || value == 0x7F }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
    default: return properties.isDefaultIgnorableCodePoint
    }
  }
}
