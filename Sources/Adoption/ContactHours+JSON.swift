package import CanonicalJSON
package import RotationEngine

extension ContactHours {
  /// The hours as they are stored: `{"formatVersion","groups":[path,…],"hours":[[hour,[[group,contacts],…]],…]}`, hours
  /// since 1970 in order, groups by their position.
  package var json: JSONValue {
    let groups = Set(counts.values.flatMap(\.keys)).sorted()
    let positions = Dictionary(uniqueKeysWithValues: zip(groups, groups.indices))
    let rows = counts.keys.sorted().map { hour -> JSONValue in
      let pairs = (counts[hour] ?? [:]).compactMap { group, count in
        positions[group].map { (position: $0, count: count) }
      }
      return .array([
        .integer(hour),
        .array(
          pairs.sorted { $0.position < $1.position }.map {
            .array([.integer(Int64($0.position)), .integer(Int64($0.count))])
          }),
      ])
    }
    return .object([
      .init("formatVersion", .string("1.0")), .init("groups", .array(groups.map { .string($0) })),
      .init("hours", .array(rows)),
    ])
  }

  /// The hours that ``json`` was made of; nil where it is none.
  package init?(_ json: JSONValue) {
    guard let groups = json["groups"]?.array, let rows = json["hours"]?.array else { return nil }
    let names = groups.compactMap(\.string)
    guard names.count == groups.count else { return nil }
    self.init()
    for row in rows {
      guard let parts = row.array, parts.count == 2, let hour = parts[0].integer,
        abs(hour / 2) < 1 << 20, let pairs = parts[1].array
      else { return nil }
      var found: [String: Int] = [:]
      for pair in pairs {
        guard let pair = pair.array, pair.count == 2, let position = pair[0].integer,
          names.indices.contains(Int(clamping: position)), let count = pair[1].integer,
          (0...1 << 31).contains(count)
        else { return nil }
        found[names[Int(position)]] = Int(count)
      }
      add(hour, found)
    }
  }
}
