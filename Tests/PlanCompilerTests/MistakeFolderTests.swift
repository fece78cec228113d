import DiagnosticCatalogue
import EstateScenarios
import Foundation
import PlanCompiler
import PlanModel
import PlanSyntax
import PlanText
import Testing

@Suite("Plans with one mistake each") struct MistakeFolderTests {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Mistakes")

  static let files =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("base") }.sorted()

  /// Stages that documents of the folder are looked at in; their codes need a file each.
  static let stages: Set<Character> = ["S", "F", "M", "E"]

  /// Codes that no file can lead to, and why.
  static let unreachable: [String: String] = [
    CatalogueEntry.tooLarge.code: "a file of more than 64 MiB"
  ]

  private func source(_ name: String) throws -> SourceText {
    let bytes = try Data(contentsOf: Self.folder.appending(path: name))
    return SourceText(name: name, bytes: Array(bytes))
  }

  /// What the file says of itself: `M017 99:17-99:24`.
  private func expectation(of name: String) throws -> String {
    let beside = name.dropLast(5) + ".expect"
    let url = Self.folder.appending(path: String(beside))
    let isBeside = FileManager.default.fileExists(atPath: url.path)
    let bytes = try Data(contentsOf: isBeside ? url : Self.folder.appending(path: name))
    let line = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    let prefix = "# expect: "
    try #require(line.hasPrefix(prefix), "\(name)")
    return String(line.dropFirst(prefix.count))
  }

  private func findings(in source: SourceText) throws -> [Diagnostic] {
    let text = String(decoding: source.bytes, as: UTF8.self)
    guard text.contains("kind: EstateScenario") else {
      let syntax = parseSyntax(source, id: SourceID(index: 0))
      let reading = checkPlans(syntax)
      let found =
        reading.diagnostics
        + reading.plans.compactMap(\.self).flatMap {
          prove($0).diagnostics + checkCalendar(of: $0, start: 1_767_600_000)
        }
      return suppress(found, in: source, id: SourceID(index: 0), of: syntax, catalogue: .all)
        .filter { $0.suppression == nil }.inOrder()
    }
    let scenario = readScenario(source, id: SourceID(index: 0))
    let base = checkPlans(try self.source("base.yaml"), id: SourceID(index: 1))
    let plan = try #require(base.plans.first ?? nil)
    return (scenario.diagnostics + scenario.check(against: plan)).inOrder()
  }

  @Test(
    "has its diagnostic, from the right character to the right one, and no other", arguments: files)
  func mistake(name: String) throws {
    let source = try source(name)
    let table = LineTable(source)
    let found = try findings(in: source).map { diagnostic in
      let (start, end) = (
        table.position(at: Int(diagnostic.span.start)), table.position(at: Int(diagnostic.span.end))
      )
      return "\(diagnostic.code) \(start.line):\(start.column)-\(end.line):\(end.column)"
    }
    #expect(try found == [expectation(of: name)])
    #expect(try name.hasPrefix("\(expectation(of: name).prefix(4))-"))
  }

  @Test("The plan and the scenario that they are made of are without a finding")
  func base() throws {
    #expect(try findings(in: source("base.yaml")).map(\.detail) == [])
    #expect(try findings(in: source("base-scenario.yaml")).map(\.detail) == [])
  }

  @Test("Every code that a plan or a scenario can have has a file")
  func isComplete() {
    let wanted = Catalogue.all.pages.map(\.code).filter {
      Self.stages.contains($0.first ?? " ") && Self.unreachable[$0] == nil
        && !Self.notOfTheFolder.contains($0)
    }
    let there = Set(Self.files.map { String($0.prefix(4)) })
    #expect(wanted.filter { !there.contains($0) } == [])
    #expect(Set(Self.unreachable.keys).isDisjoint(with: there))
  }

  /// Overlays have no meaning by themselves; their tests are with them.
  private static let notOfTheFolder = Set(
    (CatalogueEntry.mergePages + CatalogueEntry.overlayPages).map(\.code))
}
