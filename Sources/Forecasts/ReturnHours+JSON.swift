package import CanonicalJSON

extension ReturnHours {
  /// The hours as they are stored: `{"formatVersion","bounds":[hours,…],"hours":[[hour,[[bin,away,returned],…]],…]}`, hours
  /// since 1970 in order, bins in which nobody is left out.
  package var json: JSONValue {
    let rows = counts.keys.sorted().map { hour -> JSONValue in
      let seen = counts[hour] ?? Counts()
      let bins = (0..<Self.binCount).filter { seen.away[$0] > 0 }
      return .array([
        .integer(hour),
        .array(
          bins.map {
            .array([
              .integer(Int64($0)), .integer(Int64(seen.away[$0])),
              .integer(Int64(seen.returned[$0])),
            ])
          }),
      ])
    }
    return .object([
      .init("formatVersion", .string("1.0")),
      .init("bounds", .array(Self.bounds.map { .integer($0) })), .init("hours", .array(rows)),
    ])
  }

  /// The hours that ``json`` was made of; nil where it is none, or of other bins.
  package init?(_ json: JSONValue) {
    guard json["bounds"]?.array?.compactMap(\.integer) == Self.bounds,
      let rows = json["hours"]?.array
    else { return nil }
    self.init()
    for row in rows {
      guard let parts = row.array, parts.count == 2, let hour = parts[0].integer,
        abs(hour / 2) < 1 << 20, let bins = parts[1].array
      else { return nil }
      var seen = Counts()
      for entry in bins {
        guard let numbers = entry.array?.compactMap(\.integer), numbers.count == 3,
          (0..<Int64(Self.binCount)).contains(numbers[0]), (0...1 << 31).contains(numbers[1]),
          (0...numbers[1]).contains(numbers[2])
        else { return nil }
        seen.away[Int(numbers[0])] = Int(numbers[1])
        seen.returned[Int(numbers[0])] = Int(numbers[2])
      }
      set(hour, seen)
    }
  }
}
