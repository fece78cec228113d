import CanonicalJSON
import RotationEngine

extension NewsLetter {
  /// The letter as a CloudEvent (version 1.0, structured), which has what Standard Webhooks wants, too: `type`,
  /// `timestamp` and `data`.
  package var cloudEvent: [UInt8] {
    var writer = JSONWriter(capacity: 2_048)
    writer.object { writer in
      writer.member("specversion", "1.0")
      writer.member("id", id)
      writer.member("source", run.map { "/waltz/runs/\($0)" } ?? "/waltz")
      writer.member("type", "waltz.\(kind).v1")
      writer.member("time", at.description)
      writer.member("timestamp", at.description)
      if let subject { writer.member("subject", subject) }
      writer.member("datacontenttype", "application/json")
      writer.key("data")
      writer.object { writer in
        writer.member("run", orNull: run)
        writer.member("plan", orNull: plan)
        writer.member("world", orNull: world)
        writer.member("sequence", orNull: sequence)
        writer.member("head", orNull: head)
        writer.member("status", orNull: status)
        writer.member("urgent", isUrgent)
        writer.member("reminder", reminder)
        writer.member("title", title)
        for (name, list) in [("lines", lines), ("commands", commands)] {
          writer.key(name)
          writer.array { writer in for line in list { writer.string(line) } }
        }
      }
    }
    return VisibleJSON.line(writer.bytes)
  }

  /// The letter as Slack takes it at an incoming webhook. What Slack would take for a mention or a link is escaped.
  package var slackMessage: [UInt8] {
    func escaped(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
    var text = "*\(escaped(title))*\n" + lines.map(escaped).joined(separator: "\n")
    if !commands.isEmpty {
      text += "\n```\n" + commands.map(escaped).joined(separator: "\n") + "\n```"
    }
    if let headWords { text += "\nHead of the journal: \(headWords)" }
    var writer = JSONWriter(capacity: 2_048)
    writer.object { $0.member("text", text) }
    return VisibleJSON.line(writer.bytes)
  }

  /// The letter as a workflow of Teams takes it: an Adaptive Card with texts alone, since buttons do not work there.
  package var teamsMessage: [UInt8] {
    var writer = JSONWriter(capacity: 4_096)
    func block(
      _ text: String, _ writer: inout JSONWriter, isTitle: Bool = false, isCode: Bool = false
    ) {
      writer.object { writer in
        writer.member("type", "TextBlock")
        writer.member("text", text)
        writer.member("wrap", true)
        if isTitle {
          writer.member("size", "Medium")
          writer.member("weight", "Bolder")
        }
        if isCode { writer.member("fontType", "Monospace") }
      }
    }
    writer.object { writer in
      writer.member("type", "message")
      writer.key("attachments")
      writer.array { writer in
        writer.object { writer in
          writer.member("contentType", "application/vnd.microsoft.card.adaptive")
          writer.key("content")
          writer.object { writer in
            writer.member("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            writer.member("type", "AdaptiveCard")
            writer.member("version", "1.4")
            writer.key("body")
            writer.array { writer in
              block(title, &writer, isTitle: true)
              for line in lines { block(line, &writer) }
              for command in commands { block(command, &writer, isCode: true) }
              if let headWords { block("Head of the journal: \(headWords)", &writer) }
            }
          }
        }
      }
    }
    return VisibleJSON.line(writer.bytes)
  }
}

extension VisibleJSON {
  /// JSON with nothing in it that does not show.
  fileprivate static func line(_ json: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    append(json[...], to: &bytes)
    return bytes
  }
}
