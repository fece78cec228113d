import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine
import RotationGraph

/// `waltz plan forecast --live --format json`. Members only grow within a major version; what is not known is null.
package enum PlanOutlookJSON {
  /// The document, indented, with a line feed at its end.
  package static func text(of outlook: PlanOutlook) -> String {
    var writer = JSONWriter(indent: 2, capacity: 4_096)
    writer.object { writer in
      writer.member("formatVersion", "1.0")
      writer.member("plan", orNull: outlook.columns.first?.graph.plan.name.value)
      writer.member("at", outlook.at.description)
      writer.list("sites", outlook.sites) { writer, site in
        writer.member("site", site.name)
        writer.member("clients", site.clients)
        writer.member("watchedHours", orNull: site.hours)
      }
      writer.list("columns", outlook.columns) { writer, column in
        writer.member("whatIf", orNull: column.whatIf)
        writer.member("digest", column.digest)
        column.forecast.write(&writer)
      }
    }
    writer.newLine()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
