import PlanModel
import PlanText
import Testing

/// Short plans for tests that enumerate: each stands for a shape that the lowering treats in its own way.
enum RotationShape: String, CaseIterable, CustomTestStringConvertible {
  case single
  case twoSites
  case lanes
  case failoverPair
  case wavesWithUpgrades
  case sqlExpress
  case failoverExpress
  case hub
  case partnerAcrossWaves

  var testDescription: String { rawValue }

  var plan: RotationPlan {
    switch self {
    case .single: Self.plan([Self.site("paris", 1)])
    case .twoSites: Self.plan([Self.site("paris", 2), Self.site("berlin", 1)], pairs: [(0, 1)])
    case .lanes: Self.plan([Self.site("paris", 5)], atOnce: 2)
    case .failoverPair:
      Self.plan(
        [Self.site("paris", 3, .failover, upgrades: true), Self.site("rome", 1, rotates: false)],
        pairs: [(0, 1)])
    case .wavesWithUpgrades:
      Self.plan(
        [
          Self.site("paris", 2, upgrades: true), Self.site("berlin", 2, .failover),
          Self.site("rome", 1, upgrades: true), Self.site("oslo", 1),
        ],
        pairs: [(0, 1), (1, 2)], waves: [["paris"], ["berlin", "oslo"], ["rome"]])
    case .sqlExpress: Self.plan([Self.site("paris", 2, database: .sqlExpress)], atOnce: 2)
    case .failoverExpress:
      Self.plan([Self.site("paris", 2, .failover, database: .sqlExpress, upgrades: true)])
    case .hub:
      Self.plan(
        [
          Self.site("hub", 2), Self.site("a", 1), Self.site("b", 1),
          Self.site("c", 1, rotates: false), Self.site("d", 1),
        ],
        pairs: [(0, 1), (2, 0), (0, 3), (4, 0)])
    case .partnerAcrossWaves:
      Self.plan(
        [Self.site("paris", 1), Self.site("berlin", 1), Self.site("rome", 1, rotates: false)],
        pairs: [(0, 2), (1, 2), (0, 1)], waves: [["berlin"], ["rome"], ["paris"]])
    }
  }

  private static func plan(
    _ sites: [Site], pairs: [(Int, Int)] = [], waves: [[String]]? = nil, atOnce: Int = 1
  ) -> RotationPlan {
    RotationPlan(
      name: Located("shape"),
      sites: sites,
      partnerships: pairs.enumerated().map { number, pair in
        Partnership(
          sites: [sites[pair.0].name, sites[pair.1].name], breaking: Located(.reschedule),
          span: span(1_000 + number * 20))
      },
      strategy: Strategy(
        waves: waves.map { $0.map { $0.map { Located($0) } } }, serversAtOnce: Located(atOnce)))
  }

  private static func site(
    _ name: String, _ servers: Int, _ method: Method? = nil, rotates: Bool = true,
    database: Database? = nil, upgrades: Bool = false
  ) -> Site {
    let start = Int(name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 50 }) * 100 + 2_000
    return Site(
      name: Located(name, at: span(start)),
      database: database.map { Located($0) },
      servers: (0..<servers).map { number in
        Server(
          name: Located("s\(number)", at: span(start + 10 + number * 10)),
          address: Located("s\(number).example.net"),
          certificate: rotates ? Located("c") : nil,
          upgrade: upgrades ? ProductVersion("14.3.11216").map { Located($0) } : nil)
      },
      method: method.map { Located($0) })
  }

  private static func span(_ start: Int) -> SourceSpan {
    SourceSpan(source: SourceID(index: 0), start: start, end: start + 5)
  }
}
