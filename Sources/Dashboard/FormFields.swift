/// What a form of HTML sends (`application/x-www-form-urlencoded`): names and values.
struct FormFields: Sendable, Equatable {
  private let values: [String: String]

  /// Reads a body; of a name that comes twice the first counts.
  init(_ body: String) {
    var values: [String: String] = [:]
    for field in body.split(separator: "&") {
      let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0]).plusesAsBlanks.removingPercentEncoded
      let value = parts.count > 1 ? String(parts[1]).plusesAsBlanks.removingPercentEncoded : ""
      if values[name] == nil { values[name] = value }
    }
    self.values = values
  }

  subscript(_ name: String) -> String? { values[name] }
}

extension String {
  fileprivate var plusesAsBlanks: String { String(map { $0 == "+" ? " " : $0 }) }
}

extension StringProtocol {
  /// The text with `%41` as what it stands for; what is no such sequence stays, and bytes that are no text are replaced.
  var removingPercentEncoded: String {
    var bytes: [UInt8] = []
    var rest = self.utf8[...]
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
        rest.first != UInt8(ascii: "+"), rest.first != UInt8(ascii: "-")
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
