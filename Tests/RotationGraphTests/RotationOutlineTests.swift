import PlanModel
import PlanText
import RotationGraph
import Testing

@Suite("The outline of a rotation")
struct RotationOutlineTests {
  private func plan(_ sites: [(String, Bool)], waves: [[String]]?, pairs: [[String]] = [])
    -> RotationPlan
  {
    RotationPlan(
      name: Located("p"),
      sites: sites.map { name, rotates in
        Site(
          name: Located(name),
          servers: [
            Server(
              name: Located("s"), address: Located("s"),
              certificate: rotates ? Located("c") : nil)
          ])
      },
      partnerships: pairs.map { names in
        Partnership(sites: names.map { Located($0) }, breaking: Located(.reschedule))
      },
      strategy: Strategy(waves: waves.map { $0.map { $0.map { Located($0) } } }))
  }

  @Test("Without waves all rotating sites form one")
  func oneWave() {
    let outline = RotationOutline(plan([("a", true), ("b", false), ("c", true)], waves: nil))
    #expect(outline.waves == [[0, 2]])
    #expect(outline.waveOfSite == [0, nil, 0])
  }

  @Test("Empty waves, unknown and idle sites are passed over; a site that no wave names comes last")
  func gaps() {
    let outline = RotationOutline(
      plan(
        [("a", true), ("b", false), ("c", true), ("d", true)],
        waves: [["b"], ["d", "a", "a"], [], ["nowhere"]]))
    #expect(outline.waves == [[0, 3], [2]])
  }

  @Test("A partnership spans the waves of its rotating sites; one without any is left out")
  func partnerships() {
    let outline = RotationOutline(
      plan(
        [("a", true), ("b", true), ("c", false), ("d", false)], waves: [["b"], ["a"]],
        pairs: [["a", "b"], ["c", "d"], ["c", "a"], ["a", "nowhere"]]))
    #expect(outline.partnerships.map(\.partnership) == [0, 2, 3])
    #expect(outline.partnerships.map(\.firstWave) == [0, 1, 1])
    #expect(outline.partnerships.map(\.lastWave) == [1, 1, 1])
    #expect(outline.partnershipsOfSite == [[0, 1, 2], [0], [1], []])
    #expect(outline.partnerSites == [2])
  }
}
