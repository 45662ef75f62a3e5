package news

// Actor is one entity across articles: a person, body, group, country or place,
// joined from the entities of many records. A bare surname joins nobody.
type Actor struct {
	ID      string      `json:"id"` // opaque, never used again
	Type    EntityType  `json:"type"`
	Name    string      `json:"name"`  // the fullest of those that most articles use
	Names   []ActorName `json:"names"` // the most used first
	Country Optional    `json:"country"`
	Sectors []string    `json:"sectors"`
	// Roles are dated by the articles that give them, the latest first.
	Roles       []ActorRole `json:"roles"`
	Identifiers Identifiers `json:"identifiers"`
	Place       *Place      `json:"place" jsonschema:"nullable"`
	Articles    int         `json:"articles"`
	First       Optional    `json:"first"` // day of the first article that names it
	Last        Optional    `json:"last"`
	// Company are those who are named beside it most often.
	Company []ActorMate `json:"company"`
	// Joins say why entities of different stories are one, the first 100 of
	// them. One is undone by keeping its two apart (store.Joining).
	Joins []ActorJoin `json:"joins"`
}

// ActorName is a name that an actor goes by.
type ActorName struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

// ActorRole is an office or function, and when articles give it: an office that
// passes to another person ends with the last article that gives it.
type ActorRole struct {
	Title    string   `json:"title"`
	Of       Optional `json:"of"`
	First    Optional `json:"first"` // day of publication of the first article that gives it
	Last     Optional `json:"last"`
	Articles int      `json:"articles"`
	Evidence Evidence `json:"evidence"` // in the first of them
}

// ActorMate is somebody in whose company an actor is named.
type ActorMate struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"`
}

// ActorRef names an entity of an actor: one of one record.
type ActorRef struct {
	Article string `json:"article"`
	Entity  string `json:"entity"` // its id in that record
}

// ActorJoin is why one entity is of an actor.
type ActorJoin struct {
	Member  ActorRef `json:"member"`
	To      ActorRef `json:"to"`
	Reasons []string `json:"reasons"`
}
