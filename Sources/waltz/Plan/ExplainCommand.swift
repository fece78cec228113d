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
      case .markdown: show(CatalogueMarkdown.reference(Catalogue.all.pages))
      case .text:
        let pages = Catalogue.all.pages.map {
          CataloguePage.text(of: $0, width: Terminal.output.width)
        }
        show(pages.joined(separator: "\n\n"))
      }
      return
    }
    guard let code else { return show(Catalogue.all.list) }
    guard let page = Catalogue.all.page(meantBy: code) else {
      throw CommandError(
        .usage, "There is no diagnostic \(code). \(Catalogue.all.advice(for: code))")
    }
    switch format {
    case .text: show(CataloguePage.text(of: page, width: Terminal.output.width))
    case .markdown: show(CatalogueMarkdown.page(page))
    }
  }

  private func show(_ text: String) { Terminal.output.write(Printout(report: text)) }
}
