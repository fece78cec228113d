internal import PlanText

/// A report as JUnit's XML: a test suite a file, a test case a kind of finding in it.
///
/// What is at or above the threshold of the check is a failure, what is below it passes and says so in its
/// output, what is suppressed is skipped with the reason. A file without findings has one case that passes,
/// one that could not be read has an error.
func junitXML(_ report: DiagnosticReport) -> [UInt8] {
  let suites = report.paths.indices.map { JUnitSuite(report.paths[$0].text) }
  var all = suites
  for diagnostic in report.diagnostics {
    let index = Int(diagnostic.span.source.index)
    guard let suite = all.indices.contains(index) ? index : all.indices.first else { continue }
    all[suite].add(diagnostic)
  }
  for failure in report.failures where all.indices.contains(failure.source) {
    all[failure.source].failure = failure.message
  }
  let counts = all.map { $0.counts(failOn: report.failOn) }
  var writer = XMLWriter()
  writer.element(
    "testsuites",
    [
      "name": "waltz plan validate",
      "tests": "\(counts.reduce(0) { $0 + $1.tests })",
      "failures": "\(counts.reduce(0) { $0 + $1.failures })",
      "errors": "\(counts.reduce(0) { $0 + $1.errors })",
      "skipped": "\(counts.reduce(0) { $0 + $1.skipped })",
    ]
  ) { writer in
    for (suite, counts) in zip(all, counts) { suite.write(counts, report, to: &writer) }
  }
  return writer.bytes
}

private struct JUnitSuite {
  struct Counts {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0
  }

  let name: String
  var failure: String?

  /// The findings by kind, in the order of the first of each.
  private var cases: [[Diagnostic]] = []
  private var positions: [String: Int] = [:]

  init(_ name: String) {
    self.name = name
  }

  mutating func add(_ diagnostic: Diagnostic) {
    // What is suppressed is no part of the case that fails.
    let key = diagnostic.code + (diagnostic.suppression == nil ? "" : " suppressed")
    if let position = positions[key] {
      cases[position].append(diagnostic)
    } else {
      positions[key] = cases.count
      cases.append([diagnostic])
    }
  }

  func counts(failOn: Severity) -> Counts {
    var counts = Counts(tests: max(cases.count + (failure == nil ? 0 : 1), 1))
    counts.errors = failure == nil ? 0 : 1
    for findings in cases {
      if Self.isSuppressed(findings) {
        counts.skipped += 1
      } else if Self.fails(findings, failOn) {
        counts.failures += 1
      }
    }
    return counts
  }

  private static func isSuppressed(_ findings: [Diagnostic]) -> Bool {
    findings.contains { $0.suppression != nil }
  }

  private static func fails(_ findings: [Diagnostic], _ failOn: Severity) -> Bool {
    findings.contains { $0.severity >= failOn }
  }

  func write(_ counts: Counts, _ report: DiagnosticReport, to writer: inout XMLWriter) {
    writer.element(
      "testsuite",
      [
        "name": name, "tests": "\(counts.tests)", "failures": "\(counts.failures)",
        "errors": "\(counts.errors)", "skipped": "\(counts.skipped)",
      ]
    ) { writer in
      if let failure {
        writer.element("testcase", ["name": "can be read", "classname": name, "file": name]) {
          writer in
          writer.element("error", ["message": failure, "type": "unreadable"])
        }
      } else if cases.isEmpty {
        writer.element("testcase", ["name": "is valid", "classname": name, "file": name])
      }
      for findings in cases { write(findings, report, to: &writer) }
    }
  }

  private func write(
    _ findings: [Diagnostic], _ report: DiagnosticReport, to writer: inout XMLWriter
  ) {
    let first = findings[0]
    let start = report.tables.positions(of: first.span)?.start
    let isSuppressed = Self.isSuppressed(findings)
    let title = "\(first.code) \(first.summary)\(isSuppressed ? " (suppressed)" : "")"
    writer.element(
      "testcase",
      ["name": title, "classname": name, "file": name, "line": start.map { "\($0.line)" }]
    ) { writer in
      if isSuppressed {
        writer.element("skipped", ["message": first.suppression?.reason])
      } else if Self.fails(findings, report.failOn) {
        writer.element(
          "failure", ["message": first.detail, "type": first.severity.rawValue],
          lines: findings.map { Self.line(of: $0, name, report) })
      } else {
        writer.element(
          "system-out", [:],
          lines: findings.map { Self.line(of: $0, name, report) })
      }
    }
  }

  private static func line(
    of diagnostic: Diagnostic, _ name: String, _ report: DiagnosticReport
  ) -> String {
    let place = report.tables.positions(of: diagnostic.span).map {
      "\(name):\($0.start.line):\($0.start.column): "
    }
    return "\(place ?? "")\(diagnostic.severity.rawValue): \(report.message(of: diagnostic))"
  }
}
