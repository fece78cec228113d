import ArgumentParser
import PlanText
import Reports

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a diagnostic: what it means, why it matters, how to mend it.")

  @Argument(help: "The code, such as S003; without one, all codes are listed.")
  var code: String?

  func run() throws {
    guard let code else {
      for page in Catalogue.pages {
        Terminal.output.write(
          "\(page.code)  \(page.severity.rawValue.padded(to: 7))  \(page.title)\n")
      }
      return
    }
    guard let page = Catalogue.page(code) else {
      let near = nearest(to: code.uppercased(), among: Catalogue.pages.map(\.code))
      throw CommandError(
        .usage,
        "There is no diagnostic \(code)."
          + (near.map { " Did you mean \($0)?" } ?? " `waltz explain` lists all codes."))
    }
    Terminal.output.write(CataloguePage.text(of: page, width: Terminal.output.width))
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
