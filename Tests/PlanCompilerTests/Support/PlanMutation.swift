import Testing

/// A mistake in one line of a plan.
struct PlanMutation: Sendable, CustomTestStringConvertible {
  /// What somebody did wrong.
  let name: String

  /// Puts the mistake with its mark into the lines at a position; nil where it does not apply.
  let apply: @Sendable ([String], Int) -> [String]?

  var testDescription: String { name }

  /// Replaces the value of a key; `«` and `»` mark where the diagnostic is.
  static func value(of key: String, _ code: String, _ value: String) -> PlanMutation {
    PlanMutation(name: "\(key): \(value)") { lines, index in
      guard let entry = Entry(lines[index]), entry.key == key, !entry.value.isEmpty
      else { return nil }
      var lines = lines
      lines[index] = "\(entry.head)\(key): «\(code):\(value)»"
      return lines
    }
  }

  /// Changes a line in some other way.
  static func line(
    _ name: String, _ change: @escaping @Sendable (Entry) -> String?
  ) -> PlanMutation {
    PlanMutation(name: name) { lines, index in
      guard let entry = Entry(lines[index]), let text = change(entry) else { return nil }
      var lines = lines
      lines[index] = text
      return lines
    }
  }

  /// `key: value` with what stands before it.
  struct Entry {
    var head: String
    var key: String
    var value: String

    init?(_ line: String) {
      guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("#") else { return nil }
      let before = line[..<colon]
      let start = before.firstIndex { $0 != " " && $0 != "-" } ?? before.endIndex
      head = String(before[..<start])
      key = String(before[start...])
      value = String(line[line.index(after: colon)...].drop { $0 == " " })
    }
  }
}

extension PlanMutation {
  /// Keys that are misspelt: none of them is the user's own choice.
  private static let keys: Set<String> = [
    "metadata", "certificates", "replication", "strategy", "waits", "automation", "pkcs12",
    "password", "clients", "database", "api", "url", "username", "servers", "address",
    "certificate", "version",
    "upgrade", "sites", "break", "authority", "method", "waves", "serversAtOnce", "default",
    "adopted",
    "minimum", "deadline", "onDeadline", "every", "holdFor", "activeWithin", "cohorts", "exclude",
    "verification-disabled", "certificate-received", "osFunction", "group", "reason", "timeout",
    "check", "command", "restart-services", "calendar", "timeZone", "absences", "share",
  ]

  /// A mistake a row.
  static let all: [PlanMutation] =
    [
      .line("a key is misspelt") { entry in
        guard keys.contains(entry.key), entry.key.count > 4,
          entry.head != "" || entry.key != "sites"
        else { return nil }
        let wrong = String(entry.key.dropLast(2)) + String(entry.key.suffix(1))
        let code = entry.key == "restart-services" ? "F009" : "F001"
        return "\(entry.head)«\(code):\(wrong)»: \(entry.value)"
      },
      .line("a value is left out") { entry in
        guard keys.contains(entry.key), !entry.value.isEmpty else { return nil }
        return "\(entry.head)«F004:\(entry.key)»:"
      },
      .line("a list stands for a value") { entry in
        guard keys.contains(entry.key), !entry.value.isEmpty, !entry.value.hasPrefix("["),
          entry.key != "password"
        else { return nil }
        return "\(entry.head)\(entry.key): «F003:[\(entry.value)]»"
      },
      .line("a value is there twice") { entry in
        guard keys.contains(entry.key), !entry.value.isEmpty, !entry.head.contains("-") else {
          return nil
        }
        return
          "\(entry.head)\(entry.key): \(entry.value)\n\(entry.head)«S011:\(entry.key)»: \(entry.value)"
      },
      .line("a password is written out") { entry in
        entry.key == "password" ? "\(entry.head)«F020:password»: hunter2" : nil
      },
      .line("the second partner is misspelt") { entry in
        guard entry.key == "sites", entry.value.hasPrefix("["),
          let comma = entry.value.firstIndex(of: ",")
        else { return nil }
        return "\(entry.head)sites: \(entry.value[...comma]) «M001:atlantis»]"
      },
      PlanMutation(name: "a server without an address") { lines, index in
        guard let entry = Entry(lines[index]), entry.key == "address" else { return nil }
        var lines = lines
        lines.remove(at: index)
        let server = lines[index - 1]
        lines[index - 1] = "      «F002:\(server.dropLast().dropFirst(6))»:"
        return lines
      },
      PlanMutation(name: "a certificate without a source") { lines, index in
        guard let entry = Entry(lines[index]), ["pkcs12", "jks"].contains(entry.key) else {
          return nil
        }
        var lines = lines
        lines.remove(at: index)
        lines[index - 1] = "  «F008:\(lines[index - 1].dropLast().dropFirst(2))»:"
        return lines
      },
      PlanMutation(name: "a deleted partnership without its authority") { lines, index in
        guard let entry = Entry(lines[index]), entry.key == "authority" else { return nil }
        var lines = lines
        lines.remove(at: index)
        lines[index - 1] = "    break: «M007:delete»"
        return lines
      },
      PlanMutation(name: "a rescheduled partnership with an authority") { lines, index in
        guard let entry = Entry(lines[index]), entry.key == "authority" else { return nil }
        var lines = lines
        lines[index - 1] = "    break: reschedule"
        lines[index] = "    authority: «M008:\(entry.value)»"
        return lines
      },
      PlanMutation(name: "a site of a wave is misspelt") { lines, index in
        guard lines[index].hasPrefix("    - ["), let end = lines[index].lastIndex(of: "]") else {
          return nil
        }
        var lines = lines
        let start = lines[index].lastIndex { $0 == " " || $0 == "[" } ?? end
        lines[index] = "\(lines[index][...start])«M001:atlantis»]"
        return lines
      },
      PlanMutation(name: "the address of another server") { lines, index in
        guard let entry = Entry(lines[index]), entry.key == "address",
          let first = lines.firstIndex(where: { $0.hasPrefix("        address:") }), first < index
        else { return nil }
        var lines = lines
        lines[index] = "\(entry.head)address: «M031:\(Entry(lines[first])?.value ?? "")»"
        return lines
      },
      PlanMutation(name: "an upgrade to the past") { lines, index in
        guard let entry = Entry(lines[index]), entry.key == "upgrade" else { return nil }
        var lines = lines
        lines[index] = "\(entry.head)upgrade: { to: «M028:14.3.558» }"
        return lines
      },
      PlanMutation(name: "a wait of hours before the certificate changes") { lines, index in
        guard lines[index] == "  verification-disabled:" else { return nil }
        var lines = lines
        lines[index + 1] = "    minimum: «M010:5h»"
        return lines
      },
      PlanMutation(name: "a minimum beyond the deadline") { lines, index in
        guard lines[index] == "  certificate-received:" else { return nil }
        var lines = lines
        lines[index + 1] = "    minimum: «M012:30d»"
        return lines
      },
    ] + values

  private static let values: [PlanMutation] = [
    .value(of: "clients", "F012", "many"), .value(of: "clients", "F012", "'4,200'"),
    .value(of: "database", "F009", "sqlserver"), .value(of: "break", "F009", "suspnd"),
    .value(of: "onDeadline", "F009", "wait"), .value(of: "method", "F009", "fail-over"),
    .value(of: "minimum", "F010", "7"), .value(of: "deadline", "F010", "3 weeks"),
    .value(of: "every", "F010", "15min"), .value(of: "holdFor", "F010", "1.5h"),
    .value(of: "adopted", "F011", "98"), .value(of: "adopted", "F011", "0.98"),
    .value(of: "name", "F013", "EMEA 2026"), .value(of: "version", "F014", "14.3 RU7"),
    .value(of: "address", "F016", "'https://sepm.example.net'"),
    .value(of: "url", "F017", "sepm.example.net:8446"), .value(of: "pkcs12", "F018", "''"),
    .value(of: "username", "F019", "''"), .value(of: "reason", "F019", "' '"),
    .value(of: "certificate", "M002", "atlantis-2026"), .value(of: "authority", "M006", "atlantis"),
    .value(of: "serversAtOnce", "M026", "0"), .value(of: "adopted", "M016", "0%"),
    .value(of: "adopted", "M016", "101%"), .value(of: "onDeadline", "M017", "proceed"),
    .value(of: "every", "M015", "10s"), .value(of: "every", "M014", "8d"),
    .value(of: "deadline", "M012", "12h"), .value(of: "holdFor", "M013", "60d"),
    .value(of: "pkcs12", "M044", "/etc/paris.p12"), .value(of: "jks", "M044", "../paris.jks"),
    .value(of: "url", "M060", "https://sepm.example.net:8443"),
    .value(of: "url", "M049", "http://sepm.example.net:8446"),
    .value(of: "activeWithin", "M070", "5d"), .value(of: "group", "M073", "Lab"),
    .value(of: "group", "M053", "My Company"), .value(of: "timeout", "M068", "1m"),
    .value(of: "timeout", "M043", "0s"),
  ]
}
