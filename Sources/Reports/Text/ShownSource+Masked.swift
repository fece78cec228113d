internal import PlanText

extension ShownSource {
  /// The bytes with three asterisks for what is hidden; line ends stay, so that lines keep their numbers.
  var masked: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.bytes.count)
    var position = 0
    for range in hidden.ranges {
      result += text.bytes[position..<range.lowerBound]
      var isOpen = false
      for byte in text.bytes[range] {
        if byte.isBreak {
          result.append(byte)
          isOpen = false
        } else if !isOpen {
          result += "***".utf8
          isOpen = true
        }
      }
      position = range.upperBound
    }
    return result + text.bytes[position...]
  }
}
