import { keys } from "./keys";
import { theme } from "./theme";
import { cite } from "./cite";
import { suggest } from "./suggest";

keys(document);
theme(document);
cite(document);
suggest(document);
