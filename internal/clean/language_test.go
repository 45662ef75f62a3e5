package clean

import (
	"strings"
	"testing"
)

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ want, text string }{
		{"en", "The harbour board said on Friday that it would close the port after the third flood in a month."},
		{"en", "Bergen, Sandvik, Tor Aas, Mara Velin: the four names on the list that Reuters obtained from the ministry in Oslo."},
		{"es", "El ministro dijo el viernes que el puerto se cerrará después de la tercera inundación en un mes."},
		{"fr", "Le ministre a déclaré vendredi que le port serait fermé après la troisième inondation en un mois."},
		{"de", "Der Minister sagte am Freitag, dass der Hafen nach der dritten Flut in einem Monat geschlossen wird."},
		{"it", "Il ministro ha detto venerdì che il porto sarà chiuso dopo la terza alluvione in un mese."},
		{"pt", "O ministro disse na sexta-feira que o porto será fechado depois da terceira inundação em um mês."},
		{"nl", "De minister zei vrijdag dat de haven na de derde overstroming in een maand wordt gesloten."},
		{"tr", "Bakan cuma günü yaptığı açıklamada limanın bir ay içinde üçüncü selden sonra kapatılacağını ve bu kararın kesin olduğunu söyledi."},
		{"id", "Menteri mengatakan pada hari Jumat bahwa pelabuhan akan ditutup karena banjir yang ketiga dalam sebulan ini."},
		{"pl", "Minister powiedział w piątek, że port zostanie zamknięty po trzeciej powodzi w ciągu miesiąca i nie będzie to koniec."},
		{"ru", "Министр сказал в пятницу, что порт будет закрыт."},
		{"uk", "Міністр сказав у п’ятницю, що порт буде закрито."},
		{"ar", "قال الوزير يوم الجمعة إن الميناء سيغلق"},
		{"ur", "وزیر نے جمعے کو کہا کہ بندرگاہ بند کر دی جائے گی"},
		{"zh", "部长星期五说港口将关闭。"},
		{"ja", "大臣は金曜日に港を閉鎖すると述べた。"},
		{"", "Port closes"},
		{"", ""},
		{"", "36 169 2031-05-07 14:20 …"},
	} {
		code, confidence := Language(c.text)
		if code != c.want {
			t.Errorf("Language(%q) = %q, want %q", c.text, code, c.want)
		}
		if code != "" && (confidence < 0.4 || confidence > 1) {
			t.Errorf("Language(%q): confidence %.2f", c.text, confidence)
		}
	}
}

// An English article that quotes another language stays English.
func TestLanguageMixed(t *testing.T) {
	en := strings.Repeat("The crowd sang as the minister told them that the port was to be closed. ", 6)
	if code, _ := Language(en + "“El pueblo unido jamás será vencido, que viva el puerto,” they sang."); code != "en" {
		t.Errorf("got %q, want en", code)
	}
}

// Norwegian and Danish are told from English, if not from each other.
func TestLanguageNotEnglish(t *testing.T) {
	code, confidence := Language("Ministeren sagde fredag, at havnen vil blive lukket efter den tredje oversvømmelse på en måned, og at det ikke er til diskussion.")
	if code != "da" && code != "no" || confidence < 0.5 {
		t.Errorf("got %q with confidence %.2f", code, confidence)
	}
}
