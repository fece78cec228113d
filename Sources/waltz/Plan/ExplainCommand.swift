import ArgumentParser
import DiagnosticCatalogue
import PlanText
import Reports

struct ExplainCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
  }

  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a diagnostic: what it means, why it matters, how to fix it.")

  @Argument(help: "A code such as S003, in upper or lower case. Without one, all codes are listed.")
  var code: String?

  @Flag(help: "Print every page.")
  var all = false

  @Flag(help: "List all codes with their titles.")
  var list = false

  @Option(help: "Output format of pages: text or markdown.")
  var format = Format.text

  func validate() throws {
    if [code != nil, all, list].count(where: { $0 }) > 1 {
      throw ValidationError("Give a code, --all or --list, but only one of them.")
    }
    if format == .markdown, code == nil, !all {
      throw ValidationError("--format markdown prints a page or, with --all, every page.")
    }
  }

  func run() throws {
    if all {
      switch format {
      case .markdown: Terminal.output.write(CatalogueMarkdown.reference(Catalogue.all.pages))
      case .text:
        let pages = Catalogue.all.pages.map {
          CataloguePage.text(of: $0, width: Terminal.output.width)
        }
        Terminal.output.write(pages.joined(separator: "\n\n"))
      }
      return
    }
    guard let code else {
      for page in Catalogue.all.pages {
        Terminal.output.write(
          "\(page.code)  \(page.severity.rawValue.padded(to: 7))  \(page.title)\n")
      }
      return
    }
    guard let page = Catalogue.all.page(code) ?? code.firstCode.flatMap(Catalogue.all.page) else {
      throw CommandError(.usage, "There is no diagnostic \(code). \(advice(for: code))")
    }
    switch format {
    case .text: Terminal.output.write(CataloguePage.text(of: page, width: Terminal.output.width))
    case .markdown: Terminal.output.write(CatalogueMarkdown.page(page))
    }
  }

  /// The nearest code, else those of the same letter.
  private func advice(for code: String) -> String {
    let codes = Catalogue.all.pages.map(\.code)
    if let near = nearest(to: code.uppercased(), among: codes) { return "Did you mean \(near)?" }
    let stage = codes.filter { $0.first == code.uppercased().first }.sorted()
    guard let first = stage.first, let last = stage.last, first != last else {
      return "`waltz explain --list` lists all codes."
    }
    return
      "The codes with this letter go from \(first) to \(last); `waltz explain --list` lists all."
  }
}

extension String {
  /// The first code in a piece of output: `M009` in `error[M009]: …`; nil where there is none.
  fileprivate var firstCode: String? {
    let words = split { !$0.isASCII || !$0.isLetter && !$0.isNumber }
    return words.first { $0.count == 4 && $0.first?.isLetter == true && Int($0.dropFirst()) != nil }
      .map(String.init)
  }

  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
