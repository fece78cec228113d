import CanonicalJSON
import DiagnosticCatalogue
import EstateScenarios
import Foundation
import PlanCompiler
import PlanText

/// What libFuzzer starts from: the documents of the catalogue, and the words of the language.
enum Seeds {
  /// Writes `seeds/ENTRY` and `dictionary` into a folder.
  static func write(to folder: URL) throws {
    let pages = Catalogue.all.pages.flatMap { page in
      [("\(page.code)-bad.yaml", page.bad), ("\(page.code)-good.yaml", page.good)]
    }
    for (name, text) in pages {
      let bytes = Array(text.utf8)
      if name.hasPrefix("E") {
        try write(bytes, name, for: "scenario", in: folder)
        continue
      }
      for entry in ["syntax", "plan", "layout", "overlay"] {
        try write(bytes, name, for: entry, in: folder)
      }
      try write([128, 40] + bytes, name, for: "repetition", in: folder)
      if name.hasSuffix("good.yaml") { try writeGraph(of: text, name, in: folder) }
    }
    try writeCertificates(in: folder)
    try Data(dictionary().utf8).write(to: folder.appending(path: "dictionary"))
  }

  /// The files of `certificates` behind each byte that says something else of them, where that folder was made.
  private static func writeCertificates(in folder: URL) throws {
    let made = folder.appending(path: "certificates")
    for file in (try? FileManager.default.contentsOfDirectory(atPath: made.path)) ?? [] {
      guard let data = try? Data(contentsOf: made.appending(path: file)), data.count < 8_000 else {
        continue
      }
      for known: UInt8 in [0, 1] {
        try write([known] + data, "\(file)-\(known)", for: "certificates", in: folder)
      }
    }
  }

  private static func writeGraph(of text: String, _ name: String, in folder: URL) throws {
    let reading = checkPlans(SourceText(name: name, text: text), id: SourceID(index: 0))
    guard let plan = reading.plans.first ?? nil, let graph = prove(plan).sealed() else { return }
    for entry in ["json", "graph"] {
      try write(graph.canonicalBytes, name + ".json", for: entry, in: folder)
    }
  }

  private static func write(
    _ bytes: [UInt8], _ name: String, for entry: String, in folder: URL
  ) throws {
    let place = folder.appending(path: "seeds/\(entry)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data(bytes).write(to: place.appending(path: name))
  }

  /// The keys and words of the language and the signs of YAML, as libFuzzer reads them.
  private static func dictionary() throws -> String {
    var words: Set<String> = [
      "---", "...", "- ", ": ", "? ", "| ", ">-", "&a ", "*a", "!!str ", "<<: ", "{ ", " }", "[ ",
      " ]", "# ", "%YAML 1.2", "null", "~", "24h", "98%", "sha256:", "https://",
    ]
    func collect(_ value: JSONValue) {
      switch value {
      case .object(let members):
        for property in value["properties"]?.object ?? [] { words.insert(property.name) }
        for word in value["enum"]?.array ?? [] { words.insert(word.string ?? "") }
        for member in members { collect(member.value) }
      case .array(let elements): for element in elements { collect(element) }
      default: return
      }
    }
    collect(try JSONValue(parsing: rotationPlanSchema()))
    collect(try JSONValue(parsing: estateScenarioSchema()))
    return words.subtracting([""]).sorted().map { "\"\($0)\"\n" }.joined()
      + "\"\\x0A\"\n\"\\x09\"\n"
  }
}
