import Foundation
import Synchronization

/// Secrets that a test plants, and a search for them in whatever form they might have been written.
public final class Canaries: Sendable {
  private let planted = Mutex<[String: (bytes: Data, forms: [Data])]>([:])

  /// The canaries by what they are.
  public init(_ planted: [String: String]) {
    for (name, text) in planted { plant(name, text) }
  }

  /// What they are, in order.
  public var names: [String] { planted.withLock { $0.keys.sorted() } }

  /// Plants one more, which came to be only on the way.
  public func plant(_ name: String, _ text: String) {
    let planted = (Data(text.utf8), Self.forms(of: text))
    self.planted.withLock { $0[name] = planted }
  }

  /// The names of those that stand in bytes: as they are, as JSON, in a URL, in base64, in hexadecimal or in UTF-16.
  public func found(in bytes: some Collection<UInt8>) -> [String] {
    let data = Data(bytes)
    return planted.withLock { $0 }.filter { _, canary in
      canary.forms.contains { data.range(of: $0) != nil }
    }.map(\.key).sorted()
  }

  /// The names of those that a debugger shows of a value, in whatever way, and be it as a list of numbers.
  public func shown(by value: Any) -> [String] {
    var text = String(describing: value) + "\n" + String(reflecting: value) + "\n"
    dump(value, to: &text)
    let numbers = Self.numbers(in: text)
    let spelled = planted.withLock { $0 }.filter { numbers.range(of: $1.bytes) != nil }
    return found(in: text.utf8) + spelled.keys.sorted()
  }

  private static func forms(of text: String) -> [Data] {
    let data = Data(text.utf8)
    // The characters of base64 that depend on the canary alone, wherever it begins.
    let base64 = (0..<3).map { before in
      let whole = (Data(count: before) + data).base64EncodedString()
      return whole.dropFirst(before == 0 ? 0 : 4).prefix(data.count * 4 / 3 - 4)
    }
    let json = (try? JSONEncoder().encode(text)).map { $0.dropFirst().dropLast() } ?? Data()
    let hexadecimal = data.map { String(format: "%02x", $0) }.joined()
    let percent = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    let texts = base64.map(String.init) + [hexadecimal, hexadecimal.uppercased(), percent]
    return [data, Data(json)] + texts.map { Data($0.utf8) }
      + [text.data(using: .utf16LittleEndian) ?? data]
  }

  /// The bytes that lists of numbers spell, which is how a debugger shows bytes: `[104, 117]`, or a line for each.
  private static func numbers(in text: String) -> Data {
    Data(text.utf8.split { !(0x30...0x39).contains($0) }.compactMap { UInt8(Substring($0)) })
  }
}
