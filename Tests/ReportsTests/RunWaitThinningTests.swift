import PlanModel
import Reports
import RotationEngine
import Testing

@Suite("Thinning the polls of a wait")
struct RunWaitThinningTests {
  @Test("Only what shows something new is shown")
  func news() throws {
    var story = RunStory()
    var thinning = WaitThinning()
    var shown: [Bool] = []
    func look(_ story: RunStory) throws {
      shown.append(thinning.isNews(try #require(story.events.last), in: story.state))
    }
    try story.start()
    try story.add(.stepStarted(step: 6, attempt: 1))
    try look(story)
    let steps: [(minutes: Int, adopted: Int?, isNews: Bool)] = [
      (0, 100, true), (15, 100, false), (15, 144, false), (15, 145, true), (15, nil, true),
      (15, nil, false), (15, 145, true), (15, 146, false), (1_440, 146, true), (15, 875, true),
      (15, 882, true), (15, 883, false), (15, 881, true),
    ]
    for step in steps {
      story.wait(.minutes(step.minutes))
      if let adopted = step.adopted {
        try story.count(6, adopted, of: 900)
      } else {
        try story.add(.waitSampled(step: 6, sample: .inconclusive(reason: "no answer")))
      }
      try look(story)
    }
    #expect(shown == [true] + steps.map(\.isNews))

    // A new attempt at the wait begins anew.
    try story.add(.stepStarted(step: 6, attempt: 2))
    try look(story)
    try story.count(6, 881, of: 900)
    try look(story)
    #expect(shown.suffix(2) == [true, true])
  }
}
