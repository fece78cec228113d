import CanonicalJSON
package import PlanModel
package import PlanText

/// `waltz plan show --origin --format json`.
package enum OriginJSON {
  /// The version of this output; within a major version it only grows.
  package static let formatVersion = "1.0"

  /// The document with a final line end. A default has no file, line or column: they are null.
  package static func text(
    of origins: [ValueOrigin], plan: String, in sources: SourceMap
  ) -> String {
    let tables = sources.sources.map { LineTable($0) }
    var json = JSONWriter(indent: 2, capacity: 256 + origins.count * 160)
    json.object { json in
      json.member("formatVersion", formatVersion)
      json.member("plan", plan)
      json.key("values")
      json.array { json in
        for origin in origins {
          let place = origin.place(in: sources, tables)
          json.object { json in
            json.member("path", origin.path)
            json.member("value", origin.value)
            json.member("isDefault", place == nil)
            json.member("file", orNull: place?.file)
            json.member("line", orNull: place?.position.line)
            json.member("column", orNull: place?.position.column)
          }
        }
      }
    }
    json.newLine()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
