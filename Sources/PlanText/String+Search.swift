extension String {
  /// Where a word stands first, byte for byte. Every word of a file may be asked about, and the standard library's
  /// search makes tables for each.
  package func place(of word: String) -> Range<Index>? {
    let length = word.utf8.count
    guard length > 0, utf8.count >= length else { return nil }
    var (text, word) = (self, word)
    let start = text.withUTF8 { bytes in
      word.withUTF8 { word in
        (0...bytes.count - length).first { start in
          bytes[start] == word[0]
            && UnsafeBufferPointer(rebasing: bytes[start..<start + length]).elementsEqual(word)
        }
      }
    }
    guard let start else { return nil }
    let index = utf8.index(startIndex, offsetBy: start)
    return index..<utf8.index(index, offsetBy: length)
  }
}
