import PlanSyntax
import PlanText
import Redaction
import Reports
import Testing

@Suite("Diagnostics as JSON")
struct DiagnosticJSONTests {
  @Test("Members, order and counting are those of the format")
  func format() {
    var sources = SourceMap(hiding: hiddenText(in:))
    let source = SourceText(name: "plan.yaml", text: "é: 1\né: &x 2\n")
    let id = sources.add(source)
    let diagnostics =
      parseSyntax(source, id: id).diagnostics
      + [Diagnostic(.anchorTwice, at: .none, "Nowhere.")]
    #expect(
      String(decoding: diagnosticJSON(diagnostics, sources: sources), as: UTF8.self) == """
        {
          "formatVersion": "1.2",
          "valid": false,
          "errorCount": 1,
          "warningCount": 1,
          "noteCount": 0,
          "suppressedCount": 0,
          "omitted": [],
          "notRead": [],
          "diagnostics": [
            {
              "code": "S011",
              "severity": "error",
              "summary": "A key stands twice in one mapping",
              "detail": "`é` is already set in this mapping; only one of the two can count.",
              "help": "Remove one of them, or rename it if another entry was meant.",
              "file": "plan.yaml",
              "range": {
                "start": {
                  "line": 2,
                  "column": 1,
                  "offset": 6
                },
                "end": {
                  "line": 2,
                  "column": 2,
                  "offset": 8
                }
              },
              "related": [
                {
                  "message": "`é` is first set here",
                  "file": "plan.yaml",
                  "range": {
                    "start": {
                      "line": 1,
                      "column": 1,
                      "offset": 0
                    },
                    "end": {
                      "line": 1,
                      "column": 2,
                      "offset": 2
                    }
                  }
                }
              ],
              "fixes": [],
              "suppression": null
            },
            {
              "code": "S010",
              "severity": "warning",
              "summary": "An anchor is defined twice",
              "detail": "Nowhere.",
              "help": null,
              "file": null,
              "range": null,
              "related": [],
              "fixes": [],
              "suppression": null
            }
          ]
        }

        """)
  }

  @Test("Warnings alone leave a document valid")
  func warnings() {
    let text = String(
      decoding: diagnosticJSON(
        [Diagnostic(.anchorTwice, at: .none, "x")], sources: SourceMap(hiding: hiddenText(in:))),
      as: UTF8.self)
    #expect(text.contains("\"valid\": true"))
    #expect(
      String(
        decoding: diagnosticJSON([], sources: SourceMap(hiding: hiddenText(in:))), as: UTF8.self)
          == """
          {
            "formatVersion": "1.2",
            "valid": true,
            "errorCount": 0,
            "warningCount": 0,
            "noteCount": 0,
            "suppressedCount": 0,
            "omitted": [],
            "notRead": [],
            "diagnostics": []
          }

          """)
  }
}
