import PlanText

/// Makes names of the plan language from names that may be any text: each once.
struct NameSource {
  private static let longest = 60

  private var taken: Set<String> = []

  /// A name that was not given before; made of `stand` where nothing of the text can stand in a name.
  mutating func name(for text: String, else stand: String) -> String {
    let word = Self.word(text)
    let base = word.isEmpty ? stand : word
    var name = base
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }

  /// The letters and digits of a text, and a dash for everything between them.
  private static func word(_ text: String) -> String {
    var word: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard word.count < longest else { break }
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_": word.append(UInt8(scalar.value))
      case "ä", "Ä": word += Array("ae".utf8)
      case "ö", "Ö": word += Array("oe".utf8)
      case "ü", "Ü": word += Array("ue".utf8)
      case "ß": word += Array("ss".utf8)
      default: if word.last != UInt8(ascii: "-") { word.append(UInt8(ascii: "-")) }
      }
    }
    let start = word.firstIndex(where: \.isLetterOrDigit) ?? word.endIndex
    let end = word.lastIndex(where: \.isLetterOrDigit).map { $0 + 1 } ?? start
    return String(decoding: word[start..<end], as: UTF8.self)
  }
}

/// Gives addresses to servers, each once: the hosts of the APIs first of all to the servers that answer there.
struct HostSource {
  private let apis: Set<String>
  private var taken: Set<String> = []

  /// * `apis`: The hosts in the URLs of all APIs.
  init(apis: [String]) {
    self.apis = Set(apis.map { $0.lowercased() })
  }

  /// Takes the host of an API; false where another server has it.
  mutating func take(api host: String) -> Bool { taken.insert(host.lowercased()).inserted }

  /// Takes a host; false where another server has it, or will have it.
  mutating func take(suggestion host: String) -> Bool {
    !apis.contains(host.lowercased()) && taken.insert(host.lowercased()).inserted
  }
}

/// A host name in letters, digits, dashes and dots, which is no address.
struct ServerHost: Equatable {
  /// The whole name.
  let text: String

  /// Reads a host name; nil for anything else, addresses too.
  init?(_ text: String) {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard text.utf8.count <= 253, labels.last?.utf8.contains(where: { !$0.isDigit }) == true,
      labels.allSatisfy(Self.isLabel)
    else { return nil }
    self.text = text
  }

  /// What a server is probably called: its name as SEPM has it, in a domain if it has none itself.
  init?(_ server: String, in domain: String?) {
    guard !server.contains("."), let domain else {
      self.init(server)
      return
    }
    self.init("\(server).\(domain)")
  }

  /// What stands for the address of a server that nobody knows; it is no host's.
  static func missing(server: String, of site: String) -> String {
    func label(_ name: String) -> String { String(name.map { $0 == "." ? "-" : $0 }) }
    return "\(label(server)).\(label(site)).fill-in.invalid"
  }

  /// The part before the first dot.
  var first: String { String(text.prefix { $0 != "." }) }

  /// The part behind the first dot; nil where there is no dot.
  var domain: String? {
    text.firstIndex(of: ".").map { String(text[text.index(after: $0)...]) }
  }

  /// Whether a server that SEPM calls so is probably the one of this name.
  func isOf(server: String) -> Bool {
    first.lowercased() == server.prefix { $0 != "." }.lowercased()
  }

  private static func isLabel(_ label: Substring) -> Bool {
    guard let first = label.utf8.first, let last = label.utf8.last else { return false }
    return first.isLetterOrDigit && last.isLetterOrDigit && label.utf8.count <= 63
      && label.utf8.allSatisfy { $0.isLetterOrDigit || $0 == "-" || $0 == "_" }
  }
}
