package import PlanModel
package import PlanText

/// `waltz plan show --origin` for people: a line a value.
package enum OriginTable {
  /// The values with `file:line`, or with `default` for what the plan leaves out.
  package static func text(
    of origins: [ValueOrigin], in sources: SourceMap, _ layout: TextLayout
  ) -> String {
    let tables = sources.sources.map { LineTable($0) }
    var table = TextTable([
      .init(title: "path", minimum: 20), .init(title: "value", minimum: 12), .init(title: "origin"),
    ])
    for origin in origins {
      let place = origin.place(in: sources, tables)
      table.add([
        .init(origin.path), .init(origin.value),
        place.map { .init("\($0.file):\($0.position.line)") } ?? .init("default", .faint),
      ])
    }
    return table.lines(indent: 0, layout).map { $0 + "\n" }.joined()
  }
}

extension ValueOrigin {
  /// The file and the place in it; nil for a default.
  func place(
    in sources: SourceMap, _ tables: [LineTable]
  ) -> (file: String, position: SourcePosition)? {
    guard let span, let source = sources[span.source] else { return nil }
    return (source.name, tables[Int(span.source.index)].position(at: Int(span.start)))
  }
}
