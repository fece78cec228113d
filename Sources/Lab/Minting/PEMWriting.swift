/// DER as PEM writes it (RFC 7468).
func pemText(_ label: String, _ der: some Collection<UInt8>) -> [UInt8] {
  let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text = Array("-----BEGIN \(label)-----\n".utf8)
  var rest = der[...]
  var column = 0
  while !rest.isEmpty {
    let three = Array(rest.prefix(3))
    rest = rest.dropFirst(3)
    let bits = (0..<3).reduce(0) { $0 << 8 | Int($1 < three.count ? three[$1] : 0) }
    for place in 0..<4 {
      text.append(
        place > three.count
          ? UInt8(ascii: "=") : alphabet[bits >> (18 - 6 * place) & 63])
    }
    column += 4
    if column == 64 || rest.isEmpty {
      text.append(UInt8(ascii: "\n"))
      column = 0
    }
  }
  return text + Array("-----END \(label)-----\n".utf8)
}
