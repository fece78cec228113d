import DocumentForm
import PlanText
import Reports
import Synchronization
import Testing

@Suite("What of a source is hidden")
struct ShownSourceTests {
  @Test("It is looked for where the source is shown, and once")
  func once() {
    let calls = Mutex(0)
    var sources = SourceMap { source in
      calls.withLock { $0 += 1 }
      return HiddenText(allOf: source)
    }
    let id = sources.add(SourceText(name: "plan.yaml", text: "password: hunter2\n"))
    #expect(DiagnosticText(sources).render([]).isEmpty)
    #expect(calls.withLock { $0 } == 0)
    let finding = Diagnostic(
      .unknownKey, at: SourceSpan(source: id, start: 0, end: 8), "Here stands `hunter2`.")
    for _ in 0..<2 {
      #expect(!DiagnosticText(sources).render([finding]).contains("hunter2"))
    }
    #expect(
      !String(decoding: diagnosticJSON([finding], sources: sources), as: UTF8.self)
        .contains("hunter2"))
    #expect(calls.withLock { $0 } == 1)
  }

  @Test("A source of which nobody says what is hidden is not shown")
  func silent() {
    var sources = SourceMap()
    let id = sources.add(SourceText(name: "plan.yaml", text: "city: paris\n"))
    let finding = Diagnostic(.unknownKey, at: SourceSpan(source: id, start: 0, end: 4), "x")
    #expect(!DiagnosticText(sources).render([finding]).contains("paris"))
  }
}
