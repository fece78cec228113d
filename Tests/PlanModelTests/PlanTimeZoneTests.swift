import PlanModel
import Testing

@Suite("The clocks of a place")
struct PlanTimeZoneTests {
  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test("Places are known, abbreviations and inventions are not")
  func names() throws {
    #expect(PlanTimeZone(named: "Europe/Berlin")?.changes.count == 32)
    #expect(PlanTimeZone(named: "UTC") == PlanTimeZone(name: "UTC", minutes: 0, changes: []))
    #expect(PlanTimeZone(named: "Asia/Kolkata")?.minutes == 330)
    for name in ["CET", "Europe/Berlinn", "", "Europe/", "../etc/passwd", "+01:00"] {
      #expect(PlanTimeZone(named: name) == nil, "\(name)")
    }
  }

  @Test("Summer time begins and ends in the night that it does")
  func summer() throws {
    let berlin = try #require(PlanTimeZone(named: "Europe/Berlin"))
    // 2026-03-29T01:00Z and 2026-10-25T01:00Z.
    #expect(berlin.changes.contains(.init(second: 1_774_746_000, minutes: 120)))
    #expect(berlin.changes.contains(.init(second: 1_792_890_000, minutes: 60)))
    #expect(berlin.minutes(at: 1_774_745_999) == 60)
    #expect(berlin.minutes(at: 1_774_746_000) == 120)
  }

  @Test("A day begins at its own midnight, and is as long as it is")
  func days() throws {
    let berlin = try #require(PlanTimeZone(named: "Europe/Berlin"))
    func hours(_ text: String) throws -> Int64 {
      let day = try day(text)
      return (berlin.end(of: day) - berlin.begin(of: day)) / 3_600
    }
    #expect(try berlin.begin(of: day("2026-12-21")) == 1_797_807_600)
    #expect(try hours("2026-03-29") == 23)
    #expect(try hours("2026-10-25") == 25)
    #expect(try hours("2026-07-01") == 24)
  }

  @Test("Where clocks skip midnight or show it twice, no part of the day is left out")
  func midnight() throws {
    let havana = try #require(PlanTimeZone(named: "America/Havana"))
    // Put forward from 0:00 to 1:00 on 2026-03-08, put back from 1:00 to 0:00 on 2026-11-01.
    let forward = try day("2026-03-08")
    let back = try day("2026-11-01")
    #expect((havana.end(of: forward) - havana.begin(of: forward)) / 3_600 == 23)
    #expect((havana.end(of: back) - havana.begin(of: back)) / 3_600 == 25)
    #expect(try havana.end(of: day("2026-10-31")) - havana.begin(of: back) == 3_600)
  }

  @Test("Dates are read as they are written, and no other text is one")
  func dates() {
    for text in ["2026-12-21", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
      #expect(CivilDate(text)?.description == text)
    }
    for text in [
      "2026-02-29", "2026-13-01", "2026-1-1", "2026-12-32", "26-12-21", "2026-12-21 ", "",
    ] {
      #expect(CivilDate(text) == nil, "\(text)")
    }
  }
}
